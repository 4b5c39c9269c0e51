// The writing half of the batch codec.
#include <map>
#include <stdexcept>

#include "sync/core/batch.h"
#include "sync/core/batch_shape.h"
#include "sync/core/columns.h"
#include "sync/core/compression.h"
#include "sync/core/limits.h"
#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

/// Values of one column of one table, with who wrote each.
struct ValueColumn {
  std::vector<ColumnValue> values;
  std::vector<std::uint32_t> contexts;
};

class BatchWriter {
 public:
  BatchWriter(const BatchContext& context, const PlaceOf& place_of, const Keyring* opener)
      : context_(context), place_of_(place_of), opener_(opener), next_seq_(context.first) {}

  void add(const BatchLeaf& leaf) {
    lines_.push_back(leaf.line);
    formats_.push_back(leaf.edit ? 0 : leaf.format);
    leaf_line_ = leaf.line;
    leaf_seq_ = next_seq_.at(leaf.line)++;
    if (leaf.edit) {
      add_edit(*leaf.edit);
    } else {
      raw_.push_back(leaf.raw);
    }
  }

  std::string finish() {
    check_bounds();
    std::string bytes;
    Writer writer(bytes);
    writer.varint(lines_.size());
    write_integers(writer, lines_, {});
    write_integers(writer, formats_, {});
    write_strings(writer, raw_, {});
    write_origins(writer);
    write_integers(writer, origins_, {});
    write_integers(writer, times_, origin_contexts_);
    write_integers(writer, pages_, origin_contexts_);
    write_integers(writer, counters_, page_contexts_);
    write_integers(writer, rows_, {});
    writer.varint(shapes_.size());
    for (const auto* shape : shape_order_) write_shape(writer, *shape);
    write_integers(writer, row_shapes_, row_contexts_);
    IntegerPool pool;
    for (const auto& [id, column] : columns_) {
      write_values(writer, column.values, column.contexts, pool);
    }
    write_integers(writer, over_lines_, {});
    write_integers(writer, over_distances_, {});
    writer.varint(over_hashes_.size() / Hash::kSize);
    writer.raw(over_hashes_);
    return bytes;
  }

 private:
  /// What is written must be readable: a batch at rest is the only copy.
  void check_bounds() const {
    std::size_t values = 0;
    for (const auto& [id, column] : columns_) values += column.values.size();
    if (lines_.size() > limits::kBatchLeaves || row_shapes_.size() > limits::kBatchRows ||
        values > limits::kBatchValues || over_lines_.size() > limits::kBatchValues) {
      throw std::length_error("a batch of " + std::to_string(lines_.size()) + " leaves, " +
                              std::to_string(row_shapes_.size()) + " rows and " +
                              std::to_string(values) + " values is over its bounds");
    }
  }

  void add_edit(const Transaction& edit) {
    const auto origin = index_of(origin_index_, edit.origin);
    if (origin == origin_order_.size()) origin_order_.push_back(&edit.origin);
    context_of_row_ = static_cast<std::uint32_t>(origin);
    origins_.push_back(context_of_row_);
    origin_contexts_.push_back(context_of_row_);
    times_.push_back(edit.time.ms);
    pages_.push_back(static_cast<std::int64_t>(edit.entry.page));
    counters_.push_back(edit.entry.counter);
    page_contexts_.push_back(static_cast<std::uint32_t>(index_of(page_index_, edit.entry.page)));
    const auto& rows = std::get<Edit>(edit.body).rows;
    rows_.push_back(static_cast<std::int64_t>(rows.size()));
    for (const auto& row : rows) add_row(row);
  }

  void add_row(const RowWrite& row) {
    const auto key = key_values(row.key);
    const auto [shape, is_new] = shapes_.emplace(shape_of(row, key.size()), shapes_.size());
    if (is_new) shape_order_.push_back(&shape->first);
    row_shapes_.push_back(static_cast<std::int64_t>(shape->second));
    row_contexts_.push_back(context_of_row_);
    for (std::uint32_t i = 0; i < key.size(); ++i) add_value({row.table, 0, i}, key[i]);
    for (const auto& cell : row.cells) {
      for (std::uint32_t i = 0; i < cell.values.size(); ++i) {
        add_value({row.table, cell.group, i}, open(row, cell, i));
      }
      for (const auto& over : cell.over) add_over(over);
    }
  }

  void add_value(const ColumnId& id, ColumnValue value) {
    auto& column = columns_[id];
    column.values.push_back(std::move(value));
    column.contexts.push_back(context_of_row_);
  }

  ColumnValue open(const RowWrite& row, const CellWrite& cell, std::uint32_t column) const {
    const auto* cipher = std::get_if<Cipher>(&cell.values[column]);
    if (cipher != nullptr && opener_ != nullptr) {
      const ValuePlace place{row.table, row.key, cell.group, column};
      if (auto plain = decipher(*opener_, place, *cipher)) {
        // Who writes may have enciphered in another way; then only its own bytes will do.
        if (encipher(*opener_->find(cipher->key), cipher->key, place, *plain) == *cipher) {
          return Opened{cipher->key, std::move(*plain)};
        }
      }
    }
    return cell.values[column];
  }

  /// Line 0: the leaf's own, the distance counted back from it. Line n + 1: line n of the table,
  /// the distance counted back from where its leaves in this batch begin. -1: by hash.
  void add_over(const Over& over) {
    const auto place = place_of_(over);
    if (!place) {
      over_lines_.push_back(-1);
      over_hashes_ += over.leaf.view();
      return;
    }
    const bool own = place->line == leaf_line_;
    over_lines_.push_back(own ? 0 : std::int64_t{place->line} + 1);
    const auto from = own ? leaf_seq_ : context_.first.at(place->line);
    over_distances_.push_back(static_cast<std::int64_t>(from - place->seq));
  }

  void write_origins(Writer& writer) {
    writer.varint(origin_order_.size());
    for (const auto* origin : origin_order_) {
      writer.sized(origin->author);
      writer.sized(origin->role);
      writer.varint(origin->rank);
      writer.sized(origin->device);
    }
  }

  template <class Thing>
  static std::size_t index_of(std::map<Thing, std::size_t>& index, const Thing& thing) {
    return index.emplace(thing, index.size()).first->second;
  }

  const BatchContext& context_;
  const PlaceOf& place_of_;
  const Keyring* opener_;
  std::vector<std::uint64_t> next_seq_;
  std::uint32_t leaf_line_ = 0, context_of_row_ = 0;
  std::uint64_t leaf_seq_ = 0;

  std::vector<std::int64_t> lines_, formats_, origins_, times_, pages_, counters_, rows_,
      row_shapes_, over_lines_, over_distances_;
  std::vector<std::uint32_t> origin_contexts_, page_contexts_, row_contexts_;
  std::vector<std::string_view> raw_;
  std::string over_hashes_;
  std::map<Origin, std::size_t> origin_index_;
  std::vector<const Origin*> origin_order_;
  std::map<std::uint64_t, std::size_t> page_index_;
  std::map<RowShape, std::size_t> shapes_;
  std::vector<const RowShape*> shape_order_;
  std::map<ColumnId, ValueColumn> columns_;
};

}  // namespace

std::string encode_batch(std::span<const BatchLeaf> leaves, const BatchContext& context,
                         const PlaceOf& place_of, const Keyring* opener, Effort effort) {
  BatchWriter writer(context, place_of, opener);
  for (const auto& leaf : leaves) writer.add(leaf);
  return compress(writer.finish(), effort == Effort::quick ? kQuickLevel : kThoroughLevel);
}

}  // namespace zimnik::sync
