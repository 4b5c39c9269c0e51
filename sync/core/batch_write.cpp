// The writing half of the batch codec.
#include <stdexcept>

#include "sync/core/batch.h"
#include "sync/core/batch_tables.h"
#include "sync/core/compression.h"
#include "sync/core/limits.h"
#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

class BatchWriter {
 public:
  BatchWriter(const BatchContext& context, const PlaceOf& place_of, const Keyring* opener)
      : context_(context),
        place_of_(place_of),
        opener_(opener),
        tables_(context.history == nullptr ? BatchTables() : *context.history),
        known_origins_(tables_.origins().size()),
        known_shapes_(tables_.shapes().size()),
        next_seq_(context.first) {}

  void add(const LeafView& leaf) {
    lines_.push_back(leaf.line);
    formats_.push_back(leaf.edit != nullptr ? 0 : leaf.format);
    leaf_line_ = leaf.line;
    leaf_seq_ = next_seq_.at(leaf.line)++;
    if (leaf.edit != nullptr) {
      add_edit(*leaf.edit);
    } else {
      raw_.push_back(leaf.raw);
    }
  }

  std::string finish(int level) {
    check_bounds();
    std::string numbers, strings;
    Writer writer(numbers), bytes(strings);
    writer.varint(lines_.size());
    write_integers(writer, lines_, {});
    write_integers(writer, formats_, {});
    write_strings(writer, bytes, raw_, {});
    write_origins(writer, bytes);
    write_integers(writer, origins_, {});
    write_integers(writer, times_, {});
    write_integers(writer, pages_, leaf_contexts_);
    write_integers(writer, counters_, page_contexts_);
    write_integers(writer, rows_, {});
    writer.varint(tables_.shapes().size() - known_shapes_);
    for (auto i = known_shapes_; i < tables_.shapes().size(); ++i) {
      write_shape(writer, tables_.shapes()[i]);
    }
    write_integers(writer, row_shapes_, row_contexts_);
    for (const auto& [id, column] : index_.columns()) {
      columns_[column].write(writer, bytes, tables_.pool());
    }
    write_integers(writer, over_lines_, {});
    write_integers(writer, over_distances_, {});
    bytes.raw(over_hashes_);
    std::string batch;
    Writer(batch).sized(compress(strings, level, tables_.text()));
    return batch + compress(numbers, level);
  }

 private:
  /// What is written must be readable: a batch at rest is the only copy.
  void check_bounds() const {
    if (lines_.size() > limits::kBatchLeaves || row_shapes_.size() > limits::kBatchRows ||
        tables_.shapes().size() - known_shapes_ > limits::kBatchShapes ||
        cells_ > limits::kBatchCells || columns_.size() > limits::kBatchColumns ||
        values_ > limits::kBatchValues || opened_ > limits::kBatchOpened ||
        over_lines_.size() > limits::kBatchValues) {
      throw std::length_error("a batch of " + std::to_string(lines_.size()) + " leaves, " +
                              std::to_string(row_shapes_.size()) + " rows and " +
                              std::to_string(values_) + " values is over its bounds");
    }
  }

  void add_edit(const Transaction& edit) {
    origin_ = static_cast<std::uint32_t>(tables_.number_of(edit.origin));
    origins_.push_back(origin_);
    leaf_contexts_.push_back(origin_);
    times_.push_back(edit.time.ms);
    pages_.push_back(static_cast<std::int64_t>(edit.entry.page));
    counters_.push_back(edit.entry.counter);
    page_contexts_.push_back(
        page_numbers_.emplace(edit.entry.page, static_cast<std::uint32_t>(page_numbers_.size()))
            .first->second);
    const auto& rows = std::get<Edit>(edit.body).rows;
    rows_.push_back(static_cast<std::int64_t>(rows.size()));
    for (const auto& row : rows) add_row(row);
  }

  void add_row(const RowWrite& row) {
    const auto shape = tables_.number_of_shape(row);
    row_shapes_.push_back(static_cast<std::int64_t>(shape));
    row_contexts_.push_back(origin_);
    const auto& columns = index_.of(shape, tables_.shapes()[shape]);
    columns_.resize(index_.columns().size());
    values_ += columns.size();
    cells_ += row.cells.size();
    auto column = columns.begin();
    for_each_value(row.key,
                   [&](const ValueView& value) { columns_[*column++].add(value, origin_); });
    for (const auto& cell : row.cells) {
      for (std::uint32_t i = 0; i < cell.values.size(); ++i) {
        add_value(columns_[*column++], row, cell, i);
      }
      for (const auto& over : cell.over) add_over(over);
    }
  }

  void add_value(ValueColumn& column, const RowWrite& row, const CellWrite& cell,
                 std::uint32_t index) {
    const auto* cipher = std::get_if<Cipher>(&cell.values[index]);
    if (cipher != nullptr && opener_ != nullptr) {
      const ValuePlace place{row.table, row.key, cell.group, index};
      const auto plain = decipher(*opener_, place, *cipher);
      // Who writes may have enciphered in another way; then only its own bytes will do.
      if (plain && encipher(*opener_->find(cipher->key), cipher->key, place, *plain) == *cipher) {
        std::string encoded;
        Writer writer(encoded);
        write_value(writer, *plain);
        ++opened_;
        return column.add_opened(cipher->key, std::move(encoded), origin_);
      }
    }
    column.add(view_of(cell.values[index]), origin_);
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

  /// Those that the history hasn't taught.
  void write_origins(Writer& writer, Writer& bytes) {
    std::vector<std::string_view> authors, roles, devices;
    std::vector<std::int64_t> ranks;
    for (auto i = known_origins_; i < tables_.origins().size(); ++i) {
      const auto& origin = tables_.origins()[i];
      authors.push_back(origin.author);
      roles.push_back(origin.role);
      ranks.push_back(origin.rank);
      devices.push_back(origin.device);
    }
    writer.varint(ranks.size());
    if (ranks.empty()) return;
    write_strings(writer, bytes, authors, {});
    write_strings(writer, bytes, roles, {});
    write_integers(writer, ranks, {});
    write_strings(writer, bytes, devices, {});
  }

  const BatchContext& context_;
  const PlaceOf& place_of_;
  const Keyring* opener_;
  BatchTables tables_;
  std::size_t known_origins_, known_shapes_;
  std::vector<std::uint64_t> next_seq_;
  std::uint32_t leaf_line_ = 0, origin_ = 0;
  std::uint64_t leaf_seq_ = 0;
  std::size_t cells_ = 0, values_ = 0, opened_ = 0;

  std::vector<std::int64_t> lines_, formats_, origins_, times_, pages_, counters_, rows_,
      row_shapes_, over_lines_, over_distances_;
  std::vector<std::uint32_t> leaf_contexts_, page_contexts_, row_contexts_;
  std::vector<std::string_view> raw_;
  std::string over_hashes_;
  std::unordered_map<std::uint64_t, std::uint32_t, SeededHash> page_numbers_;
  ColumnIndex index_;
  std::vector<ValueColumn> columns_;
};

}  // namespace

std::string encode_batch(std::span<const LeafView> leaves, const BatchContext& context,
                         const PlaceOf& place_of, const Keyring* opener, Effort effort) {
  BatchWriter writer(context, place_of, opener);
  for (const auto& leaf : leaves) writer.add(leaf);
  return writer.finish(effort == Effort::quick ? kQuickLevel : kThoroughLevel);
}

}  // namespace zimnik::sync
