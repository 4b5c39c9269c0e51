// The domain's tables against the fold of the log.
#include <algorithm>

#include "sync/store/audit.h"
#include "sync/store/row_table.h"

namespace zimnik::sync {
namespace {

/// The keys of a table's rows.
std::vector<Key> keys_of(Database& database, const Table& table) {
  std::string columns;
  for (const auto& column : table.key) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name);
  }
  std::vector<Key> keys;
  auto query = database.prepare("SELECT " + columns + " FROM " + quoted(table.name));
  while (query.step()) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      values.push_back(query.value(static_cast<int>(i)));
    }
    keys.push_back(make_key(values));
  }
  return keys;
}

bool is_personal(const Group& group) {
  return std::any_of(group.columns.begin(), group.columns.end(),
                     [](const Column& column) { return !column.person.empty(); });
}

/// Whether a table can be compared by who has no keys, and all that is listed of it.
bool needs_no_key(const Table& table) {
  return table.stream == Stream::shared &&
         std::none_of(table.groups.begin(), table.groups.end(), is_personal);
}

/// Takes the cells out of a row that only who has the same keys can compare.
void drop_personal(const Table& table, RowImage& row) {
  for (std::size_t i = 0; i < table.groups.size(); ++i) {
    if (is_personal(table.groups[i])) row.cells[i] = {};
  }
}

bool same(const RowImage& left, const RowImage& right) {
  return std::equal(left.cells.begin(), left.cells.end(), right.cells.begin(), right.cells.end(),
                    [](const RowImage::Cell& a, const RowImage::Cell& b) {
                      return a.version == b.version && a.values == b.values;
                    });
}

/// Compares a table with the fold of the log.
void compare(const Table& table, Database& here, Database& folded, Compared compared,
             Findings& findings) {
  RowTable ours(here, table), theirs(folded, table);
  RowImage row, expected;
  for (const auto& key : keys_of(here, table)) {
    const auto where = "table " + table.name + ", row " + text_of(key) + ": ";
    const auto values = key_values(key);
    if (!ours.read(values, row)) continue;
    const bool is_there = theirs.read(values, expected);
    if (is_there && compared == Compared::readable) {
      drop_personal(table, row);
      drop_personal(table, expected);
    }
    if (!is_there) {
      findings.add(where + "the log has no such row");
    } else if (!same(row, expected)) {
      findings.add(where + "isn't what the log says");
    }
  }
  for (const auto& key : keys_of(folded, table)) {
    if (ours.read(key_values(key), row)) continue;
    findings.add("table " + table.name + ", row " + text_of(key) + ": is missing");
  }
}

/// A table of the engine's own, row by row as text; of those domain tables that are compared.
std::vector<std::string> lines_of(Database& database, const Schema& schema, const char* table,
                                  Compared compared) {
  std::vector<std::string> lines;
  auto query =
      database.prepare(std::string("SELECT table_id, hex(key), group_id, * FROM ") + table);
  while (query.step()) {
    const auto* of = schema.find(static_cast<std::uint32_t>(query.integer(0)));
    if (compared == Compared::readable && (of == nullptr || !needs_no_key(*of))) continue;
    std::string line;
    for (int i = 0; i < 3; ++i) line += std::string(query.text(i)) + " ";
    line += std::string(query.text(6));
    if (std::string_view(table) == "zimnik_head") line += " " + std::string(query.text(7));
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

void compare_tables(const Schema& schema, Database& here, Database& folded, Compared compared,
                    Findings& findings) {
  for (const auto& table : schema.tables) {
    if (compared == Compared::readable && table.stream != Stream::shared) continue;
    compare(table, here, folded, compared, findings);
  }
  for (const char* side : {"zimnik_head", "zimnik_listed"}) {
    if (lines_of(here, schema, side, compared) == lines_of(folded, schema, side, compared))
      continue;
    findings.add(std::string("table ") + side + ": isn't what the log says");
  }
}

}  // namespace zimnik::sync
