// Capture of plain SQL writes through SQLite's preupdate hook: which rows of the domain's tables a
// command changed, and what they were before. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/core/schema.h"
#include "sync/store/database.h"
#include "sync/store/row_table.h"

struct sqlite3_value;

namespace zimnik::sync {

/// A row that a command changed, or wants kept.
struct TouchedRow {
  const Table* table = nullptr;
  Key key;
  std::optional<RowImage> before, after;  ///< nothing where there was, or is, no row
  bool was_deleted = false;               ///< at some moment of the command
  std::set<std::uint32_t> kept;           ///< groups to be written whatever their value
  bool keep_row = false;                  ///< all groups that have heads
};

class Capture {
 public:
  Capture(Database& database, const Schema& schema);
  ~Capture();
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  void begin();
  /// Stops and gives the rows in the order in which they were first touched. Throws
  /// CommandRefused where a value isn't one that a leaf may hold.
  std::vector<TouchedRow> end();
  void abandon();

  /// The row as it is touched so far; read from the table where it wasn't yet.
  TouchedRow& row(RowTable& table, const Key& key);

 private:
  static void on_change(void* self, sqlite3* connection, int operation, const char* database,
                        const char* table, long long old_rowid, long long new_rowid);
  void change(sqlite3* connection, int operation, const Table& table);
  RowImage image(sqlite3* connection, const Table& table, bool is_new,
                 std::vector<Value>& key) const;
  TouchedRow& touched(const Table& table, Key key);

  Database& database_;
  std::map<std::string, const Table*, std::less<>> tables_;
  bool is_on_ = false;
  std::vector<TouchedRow> rows_;
  std::map<std::pair<std::uint32_t, Key>, std::size_t> index_;
  std::string error_;  ///< of the hook, through which nothing may be thrown
};

}  // namespace zimnik::sync
