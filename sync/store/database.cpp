#include "sync/store/database.h"

#include <sqlite3.h>

#include <cmath>

namespace zimnik::sync {
namespace {

constexpr int kSteps = 1000;  // of SQLite's virtual machine, counted at once

std::string path_of(sqlite3* connection) {
  const char* path = sqlite3_db_filename(connection, "main");
  return path == nullptr ? "" : path;
}

/// With the file's name, where it is the file that is at fault and not the statement.
DatabaseError error_of(sqlite3* connection, int code, const std::string& what) {
  const auto message = what + ": " + sqlite3_errmsg(connection);
  const int fault = code & 0xff;
  const bool is_files = fault == SQLITE_FULL || fault == SQLITE_IOERR || fault == SQLITE_CORRUPT ||
                        fault == SQLITE_NOTADB || fault == SQLITE_CANTOPEN ||
                        fault == SQLITE_READONLY;
  return {code, is_files ? path_of(connection) + ": " + message : message};
}

[[noreturn]] void fail(sqlite3* connection, const std::string& what) {
  throw error_of(connection, sqlite3_extended_errcode(connection), what);
}

void expect(int result, sqlite3_stmt* statement) {
  if (result != SQLITE_OK) fail(sqlite3_db_handle(statement), "binding");
}

sqlite3* open_connection(const std::string& path, int flags) {
  sqlite3* connection = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_EXRESCODE, nullptr);
  if (result != SQLITE_OK) {
    const std::string message = sqlite3_errmsg(connection);
    sqlite3_close(connection);
    throw DatabaseError(result, path + ": " + message);
  }
  sqlite3_busy_timeout(connection, 5000);
  return connection;
}

}  // namespace

Statement::Statement(sqlite3* connection, std::string_view sql, bool persistent) {
  const unsigned flags = persistent ? SQLITE_PREPARE_PERSISTENT : 0;
  if (sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), flags, &statement_,
                         nullptr) != SQLITE_OK) {
    fail(connection, std::string(sql));
  }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int index, std::int64_t value) {
  expect(sqlite3_bind_int64(statement_, index, value), statement_);
  return *this;
}

Statement& Statement::bind_text(int index, std::string_view value) {
  expect(sqlite3_bind_text64(statement_, index, value.data() ? value.data() : "", value.size(),
                             SQLITE_STATIC, SQLITE_UTF8),
         statement_);
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view value) {
  expect(sqlite3_bind_blob64(statement_, index, value.data() ? value.data() : "", value.size(),
                             SQLITE_STATIC),
         statement_);
  return *this;
}

Statement& Statement::bind_null(int index) {
  expect(sqlite3_bind_null(statement_, index), statement_);
  return *this;
}

Statement& Statement::bind(int index, const Value& value) {
  switch (tag_of(value)) {
    case ValueTag::null:
    case ValueTag::cipher:
      return bind_null(index);
    case ValueTag::integer:
      return bind(index, std::get<std::int64_t>(value));
    case ValueTag::real:
      expect(sqlite3_bind_double(statement_, index, std::get<double>(value)), statement_);
      return *this;
    case ValueTag::text:
      return bind_text(index, std::get<Text>(value).text);
    case ValueTag::blob:
      return bind_blob(index, std::get<Blob>(value).bytes);
  }
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(statement_);
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) {
    const auto error = error_of(sqlite3_db_handle(statement_), result, sqlite3_sql(statement_));
    sqlite3_reset(statement_);
    throw error;
  }
  sqlite3_reset(statement_);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() { sqlite3_reset(statement_); }

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Value Statement::value(int column) const {
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement_, column);
    case SQLITE_TEXT:
      return Text{std::string(text(column))};
    case SQLITE_BLOB:
      return Blob{std::string(blob(column))};
    default:
      return Null{};
  }
}

Database Database::open(const std::string& path) {
  Database database(open_connection(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  // FULL: with NORMAL a power cut loses commits that were acknowledged.
  database.execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192");
  return database;
}

Database Database::open_read_only(const std::string& path) {
  Database database(open_connection(path, SQLITE_OPEN_READONLY));
  // A checkpoint that races another connection's commit can lose it: only the writer makes them.
  database.execute("PRAGMA wal_autocheckpoint = 0");
  sqlite3_db_config(database.connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return database;
}

Database Database::open_plain(const std::string& path) {
  return Database(open_connection(path, SQLITE_OPEN_READWRITE));
}

Database::Database(Database&& other) noexcept
    : connection_(other.connection_),
      statements_(std::move(other.statements_)),
      work_left_(std::move(other.work_left_)) {
  other.connection_ = nullptr;
}

Database::~Database() {
  statements_.clear();
  sqlite3_close(connection_);
}

std::string Database::path() const { return path_of(connection_); }

void Database::release_memory() { sqlite3_db_release_memory(connection_); }

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(connection_, sql);
  }
}

Statement& Database::prepared(const std::string& sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  return statements_.emplace(sql, Statement(connection_, sql)).first->second;
}

void Database::define(const std::string& name, std::function<std::int64_t()> number) {
  using Number = std::function<std::int64_t()>;
  const auto call = [](sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_int64(context, (*static_cast<Number*>(sqlite3_user_data(context)))());
  };
  const auto drop = [](void* held) { delete static_cast<Number*>(held); };
  if (sqlite3_create_function_v2(connection_, name.c_str(), 0, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                 new Number(std::move(number)), call, nullptr, nullptr,
                                 drop) != SQLITE_OK) {
    fail(connection_, name);
  }
}

void Database::limit_work(std::uint64_t steps) {
  work_left_ = std::make_unique<std::uint64_t>(steps / kSteps);
  const auto tick = [](void* left) {
    auto& count = *static_cast<std::uint64_t*>(left);
    return count == 0 ? 1 : (--count, 0);
  };
  sqlite3_progress_handler(connection_, kSteps, tick, work_left_.get());
}

bool Database::is_autocommit() const { return sqlite3_get_autocommit(connection_) != 0; }

std::int64_t Database::changes() const { return sqlite3_changes64(connection_); }

}  // namespace zimnik::sync
