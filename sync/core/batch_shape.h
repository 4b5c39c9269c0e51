// Shapes: what the row writes of a batch have in common. Internal to the batch codec.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// Everything about a row write but its values: most rows of a batch have one of a few shapes.
struct RowShape {
  struct CellShape {
    std::uint32_t group = 0;
    Op op = Op::set;
    std::uint32_t values = 0;
    std::uint32_t over = 0;
    auto operator<=>(const CellShape&) const = default;
  };
  std::uint32_t table = 0;
  std::uint32_t key_columns = 0;
  std::vector<CellShape> cells;
  auto operator<=>(const RowShape&) const = default;
};

RowShape shape_of(const RowWrite& row, std::size_t key_columns);
void write_shape(Writer& writer, const RowShape& shape);
RowShape read_shape(Reader& reader);

/// Names a column of values: the key's columns have group 0.
struct ColumnId {
  std::uint32_t table = 0, group = 0, index = 0;
  auto operator<=>(const ColumnId&) const = default;
};

}  // namespace zimnik::sync
