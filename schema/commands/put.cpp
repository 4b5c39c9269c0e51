#include "schema/commands/put.h"

#include <stdexcept>

#include "schema/tables.h"

namespace zimnik::journal {

using namespace sync;

namespace {

const Table& table_named(const std::string& name) {
  const auto* table = journal_schema().find(name);
  if (table == nullptr) throw std::logic_error("there is no table '" + name + "'");
  return *table;
}

const Group& group_named(const Table& table, const std::string& name) {
  for (const auto& group : table.groups) {
    if (group.name == name) return group;
  }
  throw std::logic_error(table.name + ": there is no group '" + name + "'");
}

std::string where_key(const Table& table) {
  std::string where;
  for (const auto& column : table.key) {
    where += (where.empty() ? " WHERE " : " AND ") + column.name + " = ?";
  }
  return where;
}

/// An upsert: the columns of other groups stay as they are.
std::string put_sql(const Table& table, const Group& group) {
  std::string names, marks, key, assignments;
  const auto add = [](std::string& list, const std::string& item) {
    list += (list.empty() ? "" : ", ") + item;
  };
  for (const auto& column : table.key) {
    add(names, column.name);
    add(marks, "?");
    add(key, column.name);
  }
  for (const auto& column : group.columns) {
    add(names, column.name);
    add(marks, "?");
    add(assignments, column.name + " = excluded." + column.name);
  }
  return "INSERT INTO " + table.name + " (" + names + ") VALUES (" + marks + ") ON CONFLICT (" +
         key + ") DO UPDATE SET " + assignments;
}

int bind_all(Statement& statement, int at, const Values& values) {
  for (const auto& value : values) statement.bind(at++, value);
  return at;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void refuse(const std::string& pattern, std::vector<std::string> arguments) {
  throw CommandRefused(Phrase{pattern, std::move(arguments)});
}

void require(bool holds, const char* text) {
  if (!holds) refuse(text);
}

void require_at_most(std::string_view text, std::size_t most, const char* what) {
  if (text.size() > most) refuse("{1}: слишком длинный текст", {what});
}

void require_text(std::string_view text, std::size_t most, const char* what) {
  if (trimmed(text).empty()) refuse("{1}: не заполнено", {what});
  require_at_most(text, most, what);
}

Date checked_date(std::string_view text, const char* what) {
  const auto date = Date::parse(text);
  if (!date) {
    refuse("{1}: «{2}» — нет такой даты", {what, std::string(text.substr(0, 40))});
  }
  return *date;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

void put(Command& command, const std::string& table_name, const Values& key,
         const std::string& group_name, const Values& values) {
  const auto& table = table_named(table_name);
  const auto& group = group_named(table, group_name);
  if (key.size() != table.key.size() || values.size() != group.columns.size()) {
    throw std::logic_error(table_name + "." + group_name + ": not as many values as columns");
  }
  auto& statement = command.database().prepared(put_sql(table, group));
  bind_all(statement, bind_all(statement, 1, key), values);
  statement.run();
  command.keep(table_name, sync::make_key(key), group_name);
}

bool remove(Command& command, const std::string& table_name, const Values& key) {
  const auto& table = table_named(table_name);
  auto& statement = command.database().prepared("DELETE FROM " + table.name + where_key(table));
  bind_all(statement, 1, key);
  statement.run();
  return command.database().changes() > 0;
}

bool exists(Database& database, const std::string& table_name, const Values& key) {
  const auto& table = table_named(table_name);
  auto& statement = database.prepared("SELECT 1 FROM " + table.name + where_key(table));
  bind_all(statement, 1, key);
  const bool is_there = statement.step();
  statement.reset();
  return is_there;
}

}  // namespace zimnik::journal
