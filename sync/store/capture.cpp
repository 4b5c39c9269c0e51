#include "sync/store/capture.h"

#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include <cmath>
#include <utility>

#include "sync/store/command.h"

namespace zimnik::sync {
namespace {

std::string_view bytes_of(sqlite3_value* value) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// Typed by its column: SQLite keeps a whole real as an integer, and a column's type is but a
/// preference to it.
Value value_of(sqlite3_value* value, const Table& table, const Column& column) {
  const auto refuse = [&](const char* why) -> Value {
    throw CommandRefused(table.name + "." + column.name + ": " + why);
  };
  const auto is = [&](ColumnType type) {
    return column.type == type || column.type == ColumnType::any;
  };
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return Null{};
    case SQLITE_INTEGER:
      if (column.type == ColumnType::real) {
        return static_cast<double>(sqlite3_value_int64(value));
      }
      if (!is(ColumnType::integer)) return refuse("isn't of the column's type");
      return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT: {
      const double real = sqlite3_value_double(value);
      if (!is(ColumnType::real)) return refuse("isn't of the column's type");
      if (!std::isfinite(real)) return refuse("isn't a finite number");
      return real == 0 ? 0.0 : real;
    }
    case SQLITE_TEXT:
      if (!is(ColumnType::text)) return refuse("isn't of the column's type");
      sqlite3_value_text(value);  // makes it UTF-8
      if (!is_text(bytes_of(value))) return refuse("isn't UTF-8 text without NUL");
      return Text{std::string(bytes_of(value))};
    default:
      if (!is(ColumnType::blob)) return refuse("isn't of the column's type");
      return Blob{std::string(bytes_of(value))};
  }
}

}  // namespace

Capture::Capture(Database& database, const Schema& schema) : database_(database) {
  for (const auto& table : schema.tables) tables_.emplace(table.name, &table);
  sqlite3_preupdate_hook(database.handle(), &Capture::on_change, this);
}

Capture::~Capture() { sqlite3_preupdate_hook(database_.handle(), nullptr, nullptr); }

void Capture::begin() {
  abandon();
  is_on_ = true;
}

void Capture::abandon() {
  is_on_ = false;
  rows_.clear();
  index_.clear();
  error_.clear();
}

std::vector<TouchedRow> Capture::end() {
  is_on_ = false;
  if (!error_.empty()) {
    const CommandRefused refused(error_);
    abandon();
    throw refused;
  }
  index_.clear();
  return std::exchange(rows_, {});
}

void Capture::on_change(void* self, sqlite3* connection, int operation, const char*,
                        const char* name, long long, long long) {
  auto& capture = *static_cast<Capture*>(self);
  if (!capture.is_on_) return;
  const auto table = capture.tables_.find(std::string_view(name));
  if (table == capture.tables_.end()) return;
  try {
    capture.change(connection, operation, *table->second);
  } catch (const std::exception& error) {
    if (capture.error_.empty()) capture.error_ = error.what();
  }
}

RowImage Capture::image(sqlite3* connection, const Table& table, bool is_new,
                        std::vector<Value>& key) const {
  int at = 0;
  const auto next = [&] {
    sqlite3_value* value = nullptr;
    const int result = is_new ? sqlite3_preupdate_new(connection, at, &value)
                              : sqlite3_preupdate_old(connection, at, &value);
    if (result != SQLITE_OK) throw DatabaseError(result, "reading what a command changed");
    ++at;
    return value;
  };
  key.reserve(table.key.size());
  for (const auto& column : table.key) key.push_back(value_of(next(), table, column));
  RowImage row;
  row.cells.reserve(table.groups.size());
  for (const auto& group : table.groups) {
    auto& cell = row.cells.emplace_back();
    cell.values.reserve(group.columns.size());
    for (const auto& column : group.columns) cell.values.push_back(value_of(next(), table, column));
  }
  for (auto& cell : row.cells) {
    cell.version = static_cast<std::uint64_t>(sqlite3_value_int64(next()));
  }
  return row;
}

TouchedRow& Capture::touched(const Table& table, Key key) {
  const auto [it, is_new] = index_.try_emplace({table.id, key}, rows_.size());
  if (is_new) {
    rows_.emplace_back();
    rows_.back().table = &table;
    rows_.back().key = std::move(key);
  }
  return rows_[it->second];
}

void Capture::change(sqlite3* connection, int operation, const Table& table) {
  const auto rows_before = rows_.size();
  if (operation != SQLITE_INSERT) {
    std::vector<Value> key;
    auto before = image(connection, table, false, key);
    auto& row = touched(table, make_key(key));
    if (rows_.size() > rows_before) row.before = std::move(before);
    row.after.reset();
    row.was_deleted = row.was_deleted || operation == SQLITE_DELETE;
  }
  if (operation != SQLITE_DELETE) {
    std::vector<Value> key;
    auto after = image(connection, table, true, key);
    touched(table, make_key(key)).after = std::move(after);
  }
}

TouchedRow& Capture::row(RowTable& table, const Key& key) {
  const auto rows_before = rows_.size();
  auto& row = touched(table.declaration(), key);
  if (rows_.size() > rows_before) {
    RowImage image;
    if (table.read(key_values(key), image)) row.before = row.after = image;
  }
  return row;
}

}  // namespace zimnik::sync
