// SQLite behind RAII. Errors are thrown as DatabaseError with the SQL's own message. A connection
// and its statements belong to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sync/core/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace zimnik::sync {

class DatabaseError : public std::runtime_error {
 public:
  DatabaseError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }  ///< SQLite's extended result code

 private:
  int code_;
};

/// A prepared statement. Bind from 1, step, read from 0, reset.
class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql, bool persistent = true);
  ~Statement();
  Statement(Statement&& other) noexcept : statement_(other.statement_) {
    other.statement_ = nullptr;
  }
  Statement& operator=(Statement&&) = delete;

  Statement& bind(int index, std::int64_t value);
  Statement& bind_text(int index, std::string_view value);  ///< not copied: must outlive the step
  Statement& bind_blob(int index, std::string_view value);  ///< not copied: must outlive the step
  Statement& bind_null(int index);
  Statement& bind(int index, const Value& value);  ///< not copied. A Cipher binds as null
  /// Steps and says whether there is a row. Without one it has been reset.
  bool step();
  /// Steps to the end and resets.
  void run();
  void reset();

  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  ///< valid until the next step
  std::string_view blob(int column) const;  ///< valid until the next step
  bool is_null(int column) const;
  Value value(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Database {
 public:
  /// The writer's connection: WAL, synchronous=FULL.
  static Database open(const std::string& path);
  static Database open_read_only(const std::string& path);
  /// For one that nobody else opens: with the file's own settings. It must be there.
  static Database open_plain(const std::string& path);
  Database(Database&&) noexcept;
  ~Database();

  /// Of the file; empty where it has none.
  std::string path() const;
  void execute(const std::string& sql);
  /// Gives back the pages that it keeps in memory, but for those that aren't written yet.
  void release_memory();
  /// A statement of this connection, prepared once and kept.
  Statement& prepared(const std::string& sql);
  Statement prepare(std::string_view sql) { return Statement(connection_, sql, false); }
  /// Gives SQL on this connection a function without arguments.
  void define(const std::string& name, std::function<std::int64_t()> number);
  std::int64_t changes() const;
  /// From here on this connection runs at most so many of SQLite's steps: who reads a file that
  /// somebody else made waits for it no longer. Beyond that it throws DatabaseError.
  void limit_work(std::uint64_t steps);
  bool is_autocommit() const;  ///< no transaction is under way
  sqlite3* handle() { return connection_; }

 private:
  explicit Database(sqlite3* connection) : connection_(connection) {}
  sqlite3* connection_;
  std::map<std::string, Statement> statements_;
  std::unique_ptr<std::uint64_t> work_left_;  ///< in kSteps of SQLite's
};

}  // namespace zimnik::sync
