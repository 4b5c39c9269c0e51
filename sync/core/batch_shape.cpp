#include "sync/core/batch_shape.h"

#include <algorithm>

#include "sync/core/limits.h"
#include "sync/core/seeded_hash.h"

namespace zimnik::sync {

RowShape shape_of(const RowWrite& row) {
  RowShape shape{row.table, static_cast<std::uint32_t>(key_size(row.key)), {}};
  for (const auto& cell : row.cells) {
    shape.cells.push_back({cell.group, cell.op, static_cast<std::uint32_t>(cell.values.size()),
                           static_cast<std::uint32_t>(cell.over.size())});
  }
  return shape;
}

std::size_t shape_hash(const RowWrite& row) {
  std::size_t hash = seeded_hash(std::uint64_t{row.table});
  const auto mix = [&](std::uint64_t number) { hash = seeded_hash(hash ^ number); };
  mix(key_size(row.key));
  for (const auto& cell : row.cells) {
    mix((std::uint64_t{cell.group} << 2) | static_cast<std::uint64_t>(cell.op));
    mix((std::uint64_t{cell.values.size()} << 32) | cell.over.size());
  }
  return hash;
}

bool has_shape(const RowWrite& row, const RowShape& shape) {
  return row.table == shape.table && key_size(row.key) == shape.key_columns &&
         std::equal(row.cells.begin(), row.cells.end(), shape.cells.begin(), shape.cells.end(),
                    [](const CellWrite& cell, const RowShape::CellShape& of) {
                      return cell.group == of.group && cell.op == of.op &&
                             cell.values.size() == of.values && cell.over.size() == of.over;
                    });
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

std::uint32_t ColumnIndex::column(const ColumnId& id) {
  return columns_.emplace(id, static_cast<std::uint32_t>(columns_.size())).first->second;
}

const std::vector<std::uint32_t>& ColumnIndex::of(std::size_t number, const RowShape& shape) {
  if (of_shape_.size() <= number) of_shape_.resize(number + 1);
  auto& columns = of_shape_[number];
  if (!columns.empty()) return columns;
  const auto add = [&](std::uint32_t group, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) columns.push_back(column({shape.table, group, i}));
  };
  add(0, shape.key_columns);
  for (const auto& cell : shape.cells) add(cell.group, cell.values);
  return columns;
}

}  // namespace zimnik::sync
