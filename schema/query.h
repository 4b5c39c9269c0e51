// Plain SQL with less writing: rows one after the other, one snapshot for several queries.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "schema/dates.h"
#include "sync/core/value.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// Runs the kept statement with these values and gives each row. REQUIRES: the same SQL isn't run
/// again from within `use`.
void each_row(sync::Database& database, const std::string& sql,
              std::initializer_list<sync::Value> values,
              const std::function<void(const sync::Statement&)>& use);
/// Whether there is a row.
bool has_row(sync::Database& database, const std::string& sql,
             std::initializer_list<sync::Value> values);
/// The first row's first column; nothing where there is no row or it is null.
std::optional<std::int64_t> one_integer(sync::Database& database, const std::string& sql,
                                        std::initializer_list<sync::Value> values);
std::optional<std::string> one_text(sync::Database& database, const std::string& sql,
                                    std::initializer_list<sync::Value> values);

sync::Value text_value(std::string_view text);
sync::Value date_value(Date date);
/// Null where it isn't there.
sync::Value optional_value(const std::optional<std::int64_t>& number);
sync::Value optional_value(const std::optional<Date>& date);
/// Null where it is empty.
sync::Value text_or_null(std::string_view text);

std::string string_at(const sync::Statement& row, int column);
std::optional<std::int64_t> integer_at(const sync::Statement& row, int column);
/// Nothing too where it is no day: others may have written anything.
std::optional<Date> date_at(const sync::Statement& row, int column);

/// Queries made while it lives see one state. Inside a transaction it does nothing.
class Snapshot {
 public:
  explicit Snapshot(sync::Database& database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  sync::Database& database_;
  bool is_mine_;
};

}  // namespace zimnik::journal
