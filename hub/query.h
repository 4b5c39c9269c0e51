// Writing less SQL on hub.db.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "schema/query.h"
#include "sync/core/ids.h"
#include "sync/core/value.h"

namespace zimnik::hub {

template <std::size_t Size, class Tag>
sync::Value blob_value(const sync::FixedBytes<Size, Tag>& bytes) {
  return sync::Blob{std::string(bytes.view())};
}

/// Nothing where the column is null.
inline std::optional<sync::Time> time_at(const sync::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return sync::Time{row.integer(column)};
}

/// Runs a statement that gives no rows.
inline void run_sql(sync::Database& database, const std::string& sql,
                    std::initializer_list<sync::Value> values) {
  journal::each_row(database, sql, values, [](const sync::Statement&) {});
}

}  // namespace zimnik::hub
