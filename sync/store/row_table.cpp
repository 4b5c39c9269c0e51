#include "sync/store/row_table.h"

#include <stdexcept>

namespace zimnik::sync {
namespace {

std::string type_of(const Column& column) {
  switch (column.type) {
    case ColumnType::integer:
      return " INTEGER";
    case ColumnType::real:
      return " REAL";
    case ColumnType::text:
      return " TEXT";
    case ColumnType::blob:
      return " BLOB";
    case ColumnType::any:
      return "";
  }
  return "";
}

std::string version_column(const Group& group) { return quoted(group.name + "_version"); }

/// Adds to a list that is separated by commas.
void add(std::string& list, const std::string& item) {
  if (!list.empty()) list += ", ";
  list += item;
}

}  // namespace

std::string quoted(const std::string& name) { return '"' + name + '"'; }

RowTable::RowTable(Database& database, const Table& declaration)
    : database_(database), declaration_(declaration) {}

std::string RowTable::create_sql(const Table& declaration) {
  std::string columns, key;
  for (const auto& column : declaration.key) {
    add(columns, quoted(column.name) + type_of(column) + " NOT NULL");
    add(key, quoted(column.name));
  }
  for (const auto& group : declaration.groups) {
    for (const auto& column : group.columns) add(columns, quoted(column.name) + type_of(column));
  }
  for (const auto& group : declaration.groups) {
    const bool comes_with_row = !declaration.identifying || declaration.identifying == group.id;
    const std::string from = comes_with_row ? std::string(" DEFAULT (") + kNextArrival + "())" : "";
    add(columns, version_column(group) + " INTEGER" + from);
  }
  return "CREATE TABLE IF NOT EXISTS " + quoted(declaration.name) + " (" + columns +
         ", PRIMARY KEY (" + key + ")) WITHOUT ROWID";
}

std::size_t RowTable::index_of(std::uint32_t group) const {
  for (std::size_t i = 0; i < declaration_.groups.size(); ++i) {
    if (declaration_.groups[i].id == group) return i;
  }
  throw std::logic_error("no group " + std::to_string(group));
}

std::string RowTable::where_key() const {
  std::string where;
  for (const auto& column : declaration_.key) {
    where += (where.empty() ? " WHERE " : " AND ") + quoted(column.name) + " = ?";
  }
  return where;
}

std::string RowTable::sql(Kind kind, std::span<const CellImage> cells) const {
  std::string names, marks, assignments, expectations;
  std::uint64_t written = 0;
  if (kind == Kind::insert) {
    for (const auto& column : declaration_.key) {
      add(names, quoted(column.name));
      add(marks, "?");
    }
  }
  for (const auto& cell : cells) {
    const auto& group = declaration_.groups[cell.group];
    const auto take = [&](const std::string& name) {
      add(names, name);
      add(marks, "?");
      add(assignments, name + " = ?");
    };
    if (kind != Kind::set_versions) {
      for (const auto& column : group.columns) take(quoted(column.name));
    }
    take(version_column(group));
    written |= std::uint64_t{1} << cell.group;
    expectations += " AND " + version_column(group) + " IS ?";
  }
  const std::string table = quoted(declaration_.name);
  if (kind == Kind::insert) {
    for (std::size_t i = 0; i < declaration_.groups.size(); ++i) {
      if (written >> i & 1) continue;
      add(names, version_column(declaration_.groups[i]));
      add(marks, "NULL");
    }
    return "INSERT OR IGNORE INTO " + table + " (" + names + ") VALUES (" + marks + ")";
  }
  return "UPDATE " + table + " SET " + assignments + where_key() +
         (kind == Kind::update ? expectations : "");
}

Statement& RowTable::statement(Kind kind, std::span<const CellImage> cells) {
  std::uint64_t groups = 0;
  for (const auto& cell : cells) groups |= std::uint64_t{1} << cell.group;
  auto& found = statements_[{kind, groups}];
  if (found == nullptr) found = &database_.prepared(sql(kind, cells));
  return *found;
}

int RowTable::bind_key(Statement& statement, int at, std::span<const Value> key) const {
  for (const auto& value : key) statement.bind(at++, value);
  return at;
}

namespace {

void bind_version(Statement& statement, int at, std::uint64_t version) {
  if (version == 0) {
    statement.bind_null(at);
  } else {
    statement.bind(at, static_cast<std::int64_t>(version));
  }
}

int bind_cells(Statement& statement, int at, std::span<const CellImage> cells, bool with_values) {
  for (const auto& cell : cells) {
    if (with_values) {
      for (const auto& value : cell.values) statement.bind(at++, value);
    }
    bind_version(statement, at++, cell.version);
  }
  return at;
}

}  // namespace

bool RowTable::insert(std::span<const Value> key, std::span<const CellImage> cells) {
  auto& insert = statement(Kind::insert, cells);
  bind_cells(insert, bind_key(insert, 1, key), cells, true);
  insert.run();
  return database_.changes() == 1;
}

bool RowTable::update(std::span<const Value> key, std::span<const CellImage> cells) {
  auto& update = statement(Kind::update, cells);
  int at = bind_key(update, bind_cells(update, 1, cells, true), key);
  for (const auto& cell : cells) bind_version(update, at++, cell.expected);
  update.run();
  return database_.changes() == 1;
}

void RowTable::set_versions(std::span<const Value> key, std::span<const CellImage> cells) {
  auto& update = statement(Kind::set_versions, cells);
  bind_key(update, bind_cells(update, 1, cells, false), key);
  update.run();
}

void RowTable::replace(std::span<const Value> key, const RowImage& row) {
  std::vector<CellImage> cells;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    cells.push_back({i, row.cells[i].values, row.cells[i].version, 0});
  }
  erase(key);
  insert(key, cells);
}

void RowTable::erase(std::span<const Value> key) {
  if (erase_ == nullptr) {
    erase_ = &database_.prepared("DELETE FROM " + quoted(declaration_.name) + where_key());
  }
  bind_key(*erase_, 1, key);
  erase_->run();
}

Statement& RowTable::reading() {
  if (read_ != nullptr) return *read_;
  std::string columns;
  for (const auto& group : declaration_.groups) {
    for (const auto& column : group.columns) add(columns, quoted(column.name));
    add(columns, version_column(group));
  }
  read_ =
      &database_.prepared("SELECT " + columns + " FROM " + quoted(declaration_.name) + where_key());
  return *read_;
}

bool RowTable::read(std::span<const Value> key, RowImage& row) {
  auto& query = reading();
  bind_key(query, 1, key);
  if (!query.step()) return false;
  row.cells.clear();
  int at = 0;
  for (const auto& group : declaration_.groups) {
    RowImage::Cell cell;
    for (std::size_t i = 0; i < group.columns.size(); ++i) cell.values.push_back(query.value(at++));
    cell.version = static_cast<std::uint64_t>(query.integer(at++));
    row.cells.push_back(std::move(cell));
  }
  query.reset();
  return true;
}

}  // namespace zimnik::sync
