// Shapes: what the row writes of a batch have in common. Internal to the batch codec.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
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

RowShape shape_of(const RowWrite& row);
/// Equal for rows of one shape.
std::size_t shape_hash(const RowWrite& row);
bool has_shape(const RowWrite& row, const RowShape& shape);
void write_shape(Writer& writer, const RowShape& shape);
RowShape read_shape(Reader& reader);

/// Names a column of values: the key's columns have group 0.
struct ColumnId {
  std::uint32_t table = 0, group = 0, index = 0;
  auto operator<=>(const ColumnId&) const = default;
};

/// Which columns the values of rows go to.
class ColumnIndex {
 public:
  /// The columns of each value of a row of this shape: of its key, then of its cells. `shape` is
  /// the one that `number` names wherever it is asked for.
  const std::vector<std::uint32_t>& of(std::size_t number, const RowShape& shape);
  /// Every column so far, by its name, with its number: they count from 0 as they are met.
  const std::map<ColumnId, std::uint32_t>& columns() const { return columns_; }

 private:
  std::uint32_t column(const ColumnId& id);
  std::map<ColumnId, std::uint32_t> columns_;
  std::vector<std::vector<std::uint32_t>> of_shape_;
};

}  // namespace zimnik::sync
