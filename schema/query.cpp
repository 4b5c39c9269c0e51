#include "schema/query.h"

namespace zimnik::journal {

using namespace sync;

namespace {

/// A kept statement that is reset whatever happens: left open it would hold its snapshot.
class Running {
 public:
  Running(Database& database, const std::string& sql, std::initializer_list<Value> values)
      : statement_(database.prepared(sql)) {
    int at = 1;
    for (const auto& value : values) statement_.bind(at++, value);
  }
  ~Running() { statement_.reset(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  Statement& operator*() { return statement_; }
  Statement* operator->() { return &statement_; }

 private:
  Statement& statement_;
};

}  // namespace

void each_row(Database& database, const std::string& sql, std::initializer_list<Value> values,
              const std::function<void(const Statement&)>& use) {
  Running running(database, sql, values);
  while (running->step()) use(*running);
}

bool has_row(Database& database, const std::string& sql, std::initializer_list<Value> values) {
  Running running(database, sql, values);
  return running->step();
}

std::optional<std::int64_t> one_integer(Database& database, const std::string& sql,
                                        std::initializer_list<Value> values) {
  Running running(database, sql, values);
  return running->step() ? integer_at(*running, 0) : std::nullopt;
}

std::optional<std::string> one_text(Database& database, const std::string& sql,
                                    std::initializer_list<Value> values) {
  Running running(database, sql, values);
  if (!running->step() || running->is_null(0)) return std::nullopt;
  return string_at(*running, 0);
}

Value text_value(std::string_view text) { return Text{std::string(text)}; }
Value date_value(Date date) { return Text{date.text()}; }
Value text_or_null(std::string_view text) {
  return text.empty() ? Value(Null{}) : text_value(text);
}
Value optional_value(const std::optional<std::int64_t>& number) {
  return number ? Value(*number) : Value(Null{});
}
Value optional_value(const std::optional<Date>& date) {
  return date ? date_value(*date) : Value(Null{});
}

std::string string_at(const Statement& row, int column) { return std::string(row.text(column)); }
std::optional<std::int64_t> integer_at(const Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return row.integer(column);
}
std::optional<Date> date_at(const Statement& row, int column) {
  return Date::parse(row.text(column));
}

Snapshot::Snapshot(Database& database) : database_(database), is_mine_(database.is_autocommit()) {
  if (is_mine_) database_.execute("BEGIN");
}
Snapshot::~Snapshot() {
  try {
    if (is_mine_ && !database_.is_autocommit()) database_.execute("COMMIT");
  } catch (const DatabaseError&) {
    // Nothing was written, so there is nothing to lose: the connection's next use tells.
  }
}

}  // namespace zimnik::journal
