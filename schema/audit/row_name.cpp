#include "schema/audit/row_name.h"

#include <charconv>
#include <optional>
#include <stdexcept>

#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/tables.h"
#include "sync/core/encoding.h"
#include "sync/core/limits.h"
#include "sync/core/printable.h"
#include "sync/store/row_table.h"

namespace zimnik::journal {

using namespace sync;

namespace {

/// The values of a key as they were typed; a text in quotes may hold commas.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts(1);
  bool in_quotes = false;
  for (const char it : text) {
    if (it == '\'' || it == '"') {
      in_quotes = !in_quotes;
    } else if (it == ',' && !in_quotes) {
      parts.emplace_back();
    } else if (it != ' ' || in_quotes) {
      parts.back() += it;
    }
  }
  return parts;
}

std::optional<Value> parse_value(ColumnType type, const std::string& text) {
  if (type == ColumnType::text) return Text{text};
  if (type == ColumnType::blob) {
    const auto bytes = sync::from_hex(text);
    return bytes ? std::optional<Value>(Blob{*bytes}) : std::nullopt;
  }
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ptr != end || read.ec != std::errc()) return std::nullopt;
  return number;
}

std::string key_columns(const Table& table) {
  std::string columns;
  for (const auto& column : table.key) columns += (columns.empty() ? "" : ",") + column.name;
  return columns;
}

}  // namespace

const Table& table_named(const std::string& name) {
  const auto* table = journal_schema().find(name);
  if (table != nullptr) return *table;
  std::string names;
  for (const auto& it : journal_schema().tables) names += (names.empty() ? "" : ", ") + it.name;
  throw std::runtime_error("таблицы «" + name + "» нет; есть: " + names);
}

Key parse_key(const Table& table, const std::string& text) {
  const auto parts = split(text);
  std::vector<Value> values;
  for (std::size_t i = 0; i < parts.size() && i < table.key.size(); ++i) {
    auto value = parse_value(table.key[i].type, parts[i]);
    if (value) values.push_back(std::move(*value));
  }
  const bool fits = parts.size() == table.key.size() && values.size() == table.key.size();
  if (!fits || text.size() > limits::kKeyBytes || !is_text(text)) {
    throw std::runtime_error("«" + text + "» — не ключ таблицы " + table.name +
                             "; он пишется так: " + key_columns(table));
  }
  return make_key(values);
}

std::string key_text(const Key& key) {
  std::string text;
  for (const auto& value : key_values(key)) {
    if (!text.empty()) text += ",";
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      text += std::to_string(*number);
    } else if (const auto* string = std::get_if<Text>(&value)) {
      const bool is_plain = string->text.find_first_of(", '\"") == std::string::npos;
      text += is_plain ? string->text : "'" + string->text + "'";
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      text += sync::to_hex(blob->bytes);
    } else {
      text += "?";
    }
  }
  return text;
}

std::string about(Database& database, const Table& table, const Key& key) {
  const auto values = key_values(key);
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (!table.fits_key(values)) return text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& name = table.key[i].name;
    const auto* number = std::get_if<std::int64_t>(&values[i]);
    const auto* string = std::get_if<Text>(&values[i]);
    if (name == "course" && number != nullptr) {
      if (const auto course = course_title(database, *number)) add(course->text());
    } else if (name == "date" && string != nullptr) {
      if (const auto date = Date::parse(string->text)) add(date->russian());
    } else if (number != nullptr &&
               (name == "pupil" || name == "person" || (table.name == "person" && name == "id"))) {
      add(name_of(database, *number).plain());
    }
  }
  return text;
}

std::vector<ListedRow> last_rows(Database& database, const Table& table, const std::string& words) {
  std::string columns, versions;
  for (const auto& column : table.key) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name);
  }
  for (const auto& group : table.groups) {
    versions += ", coalesce(" + quoted(group.name + "_version") + ", 0)";
  }
  auto query = database.prepare("SELECT " + columns + " FROM " + quoted(table.name) +
                                " ORDER BY max(0" + versions + ") DESC");
  std::vector<ListedRow> rows;
  while (rows.size() < kListed && query.step()) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      values.push_back(query.value(static_cast<int>(i)));
    }
    const auto key = make_key(values);
    ListedRow row{one_line(key_text(key)), one_line(about(database, table, key))};
    if ((row.key + "\t" + row.about).find(words) == std::string::npos) continue;
    rows.push_back(std::move(row));
  }
  return rows;
}

void list_rows(Database& database, const Table& table, const std::string& words,
               std::ostream& out) {
  const auto rows = last_rows(database, table, words);
  for (const auto& row : rows) out << row.key << "\t" << row.about << "\n";
  if (rows.empty()) out << "таких строк нет\n";
  if (rows.size() == kListed) {
    out << "показаны последние " << kListed << "; сузить: --find СЛОВА\n";
  }
}

}  // namespace zimnik::journal
