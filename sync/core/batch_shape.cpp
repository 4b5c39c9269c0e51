#include "sync/core/batch_shape.h"

#include "sync/core/limits.h"

namespace zimnik::sync {

RowShape shape_of(const RowWrite& row, std::size_t key_columns) {
  RowShape shape{row.table, static_cast<std::uint32_t>(key_columns), {}};
  for (const auto& cell : row.cells) {
    shape.cells.push_back({cell.group, cell.op, static_cast<std::uint32_t>(cell.values.size()),
                           static_cast<std::uint32_t>(cell.over.size())});
  }
  return shape;
}

void write_shape(Writer& writer, const RowShape& shape) {
  writer.varint(shape.table);
  writer.varint(shape.key_columns);
  writer.varint(shape.cells.size());
  for (const auto& cell : shape.cells) {
    writer.varint(cell.group);
    writer.byte(static_cast<std::uint8_t>(cell.op));
    writer.varint(cell.values);
    writer.varint(cell.over);
  }
}

RowShape read_shape(Reader& reader) {
  RowShape shape;
  shape.table = static_cast<std::uint32_t>(reader.varint("table", UINT32_MAX));
  shape.key_columns = static_cast<std::uint32_t>(reader.varint("key", limits::kKeyColumns));
  shape.cells.resize(reader.varint("cells", limits::kCellsInRow));
  for (auto& cell : shape.cells) {
    cell.group = static_cast<std::uint32_t>(reader.varint("group", UINT32_MAX));
    if (cell.group == 0) reader.refuse("group", "0 is the key's");
    const auto op = reader.byte("operation");
    if (op < 1 || op > 3) reader.refuse("operation", "unknown " + std::to_string(op));
    cell.op = static_cast<Op>(op);
    const auto most_values = cell.op == Op::set ? limits::kGroupColumns : 0;
    cell.values = static_cast<std::uint32_t>(reader.varint("values", most_values));
    cell.over = static_cast<std::uint32_t>(reader.varint("over", limits::kOverInCell));
  }
  return shape;
}

}  // namespace zimnik::sync
