#include "sync/core/schema.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

bool has_type(const Column& column, const Value& value) {
  switch (tag_of(value)) {
    case ValueTag::null:
      return true;
    case ValueTag::cipher:
      return !column.person.empty();
    default:
      break;
  }
  if (!column.person.empty()) return false;
  if (column.type == ColumnType::any) return true;
  static_assert(static_cast<int>(ColumnType::integer) + 1 == static_cast<int>(ValueTag::integer));
  return value.index() == static_cast<std::size_t>(column.type) + 1;
}

[[noreturn]] void fail(const std::string& where, const std::string& why) {
  throw std::invalid_argument("schema: " + where + ": " + why);
}

void check_name(const std::string& where, const std::string& name) {
  const bool ok = !name.empty() && name.size() <= limits::kNameBytes && name[0] >= 'a' &&
                  name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char c) {
                    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                  });
  if (!ok) fail(where, "'" + name + "' isn't a name");
  if (name.rfind("zimnik_", 0) == 0) fail(where, "'" + name + "' is the engine's own");
}

/// Whether `columns` has one of that name.
bool has(const std::vector<Column>& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const Column& column) { return column.name == name; });
}

void check_group(const Table& table, const Group& group) {
  const std::string where = table.name + "." + group.name;
  if (group.columns.empty()) fail(where, "no columns");
  if (group.columns.size() > limits::kGroupColumns) fail(where, "too many columns");
  for (const auto& column : group.columns) {
    if (column.person.empty()) continue;
    if (has(table.key, column.person)) continue;
    const auto person =
        std::find_if(group.columns.begin(), group.columns.end(),
                     [&](const Column& other) { return other.name == column.person; });
    if (person == group.columns.end()) {
      fail(where, "no column '" + column.person + "' to name the person");
    }
    // Whoever lacks the key couldn't tell whom it is about, nor could a forgetting.
    if (!person->person.empty()) {
      fail(where, "the column '" + column.person + "', to name the person, is personal itself");
    }
  }
}

void check_table(const Table& table) {
  check_name("table", table.name);
  if (table.key.empty() || table.key.size() > limits::kKeyColumns) fail(table.name, "its key");
  if (table.groups.empty() || table.groups.size() > limits::kCellsInRow) {
    fail(table.name, "its number of groups");
  }
  std::set<std::string> names;
  const auto take = [&](const std::string& name) {
    check_name(table.name, name);
    if (!names.insert(name).second) fail(table.name, "'" + name + "' stands twice");
  };
  for (const auto& column : table.key) {
    take(column.name);
    if (!column.person.empty()) fail(table.name, "the key can't be personal");
    // SQLite takes 1 and 1.0 as one key; here they are two.
    if (column.type == ColumnType::any) fail(table.name, "a key column of any type");
  }
  for (std::size_t i = 0; i < table.groups.size(); ++i) {
    const auto& group = table.groups[i];
    if (group.id == 0 || (i > 0 && table.groups[i - 1].id >= group.id)) {
      fail(table.name, "group ids aren't ascending from 1");
    }
    take(group.name + "_version");
    for (const auto& column : group.columns) take(column.name);
    check_group(table, group);
  }
  if (table.identifying && table.find(*table.identifying) == nullptr) {
    fail(table.name, "its identifying group isn't there");
  }
}

bool same(const std::vector<Column>& left, const std::vector<Column>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Column& a, const Column& b) {
                      return a.name == b.name && a.type == b.type && a.person == b.person;
                    });
}

}  // namespace

bool Group::fits(std::span<const Value> values) const {
  return std::equal(columns.begin(), columns.end(), values.begin(), values.end(), has_type);
}

bool Table::fits_key(std::span<const Value> values) const {
  return std::equal(key.begin(), key.end(), values.begin(), values.end(),
                    [](const Column& column, const Value& value) {
                      return !is_null(value) && has_type(column, value);
                    });
}

const Group* Table::find(std::uint32_t group) const {
  for (const auto& candidate : groups) {
    if (candidate.id == group) return &candidate;
  }
  return nullptr;
}

const Table* Schema::find(std::uint32_t table) const {
  for (const auto& candidate : tables) {
    if (candidate.id == table) return &candidate;
  }
  return nullptr;
}

const Table* Schema::find(const std::string& name) const {
  for (const auto& candidate : tables) {
    if (candidate.name == name) return &candidate;
  }
  return nullptr;
}

void check(const Schema& schema) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < schema.tables.size(); ++i) {
    const auto& table = schema.tables[i];
    if (table.id == 0 || (i > 0 && schema.tables[i - 1].id >= table.id)) {
      fail(table.name, "table ids aren't ascending from 1");
    }
    if (!names.insert(table.name).second) fail(table.name, "stands twice");
    check_table(table);
  }
}

void check_append_only(const Schema& older, const Schema& newer) {
  for (const auto& table : older.tables) {
    const Table* now = newer.find(table.id);
    if (now == nullptr) fail(table.name, "was released and is gone");
    if (now->name != table.name || now->stream != table.stream || !same(now->key, table.key) ||
        now->identifying != table.identifying) {
      fail(table.name, "was released and has changed");
    }
    for (const auto& group : table.groups) {
      const Group* new_group = now->find(group.id);
      if (new_group == nullptr || new_group->name != group.name ||
          !same(new_group->columns, group.columns)) {
        fail(table.name + "." + group.name, "was released and has changed");
      }
    }
  }
}

Readable readable(const Schema& schema, Stream stream, const RowWrite& row, const CellWrite& cell) {
  const Table* table = schema.find(row.table);
  if (table == nullptr) return Readable::unknown_group;
  if (table->stream != stream || !table->fits_key(key_values(row.key))) return Readable::malformed;
  const Group* group = table->find(cell.group);
  if (group == nullptr) return Readable::unknown_group;
  if (cell.op == Op::set && !group->fits(cell.values)) return Readable::malformed;
  return Readable::yes;
}

}  // namespace zimnik::sync
