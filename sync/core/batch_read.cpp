// The reading half of the batch codec.
#include <algorithm>
#include <map>

#include "sync/core/batch.h"
#include "sync/core/batch_tables.h"
#include "sync/core/compression.h"
#include "sync/core/leaf.h"
#include "sync/core/limits.h"
#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

/// Reads its members one after the other.
template <class Member>
class Queue {
 public:
  Queue() = default;
  explicit Queue(std::vector<Member> members) : members_(std::move(members)) {}
  Member& take() { return members_.at(next_++); }

 private:
  std::vector<Member> members_;
  std::size_t next_ = 0;
};

std::vector<std::int64_t> read_bounded(Reader& reader, std::size_t count, Contexts contexts,
                                       std::int64_t most, const char* field) {
  auto numbers = read_integers(reader, count, contexts, field);
  for (auto number : numbers) {
    if (number < 0 || number > most) {
      reader.refuse(field, std::to_string(number) + " is out of 0 to " + std::to_string(most));
    }
  }
  return numbers;
}

std::vector<std::uint32_t> contexts_of(const std::vector<std::int64_t>& numbers) {
  std::vector<std::uint32_t> contexts(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    contexts[i] = static_cast<std::uint32_t>(numbers[i]);
  }
  return contexts;
}

std::vector<std::uint32_t> first_appearances(const std::vector<std::int64_t>& numbers) {
  std::map<std::int64_t, std::uint32_t> seen;
  std::vector<std::uint32_t> contexts;
  for (auto number : numbers) {
    contexts.push_back(seen.emplace(number, static_cast<std::uint32_t>(seen.size())).first->second);
  }
  return contexts;
}

}  // namespace

/// What the batch's bytes hold, before its leaves are put together.
struct BatchReader::Columns {
  std::string strings, numbers;
  BatchContext context;
  BatchTables tables;
  std::vector<std::uint64_t> next_seq;
  std::size_t size = 0;
  std::size_t string_budget = limits::kBatchBytes;  ///< bytes that may still be made of strings

  Queue<std::int64_t> lines, formats, origins, times, pages, counters, rows, row_shapes, over_lines,
      over_distances;
  Queue<std::string_view> raw;
  ColumnIndex index;
  std::vector<Queue<ColumnValue>> values;  ///< by the numbers of `index`
  std::string_view over_hashes;

  void read(Reader& reader, Reader& bytes);
  void read_raw(Reader& reader, Reader& bytes, std::size_t count);
  void read_origins(Reader& reader, Reader& bytes);
  void read_rows(Reader& reader, Reader& bytes, const std::vector<std::uint32_t>& leaf_contexts);
  void read_values_of(Reader& reader, Reader& bytes, const std::vector<std::int64_t>& row_shape,
                      const std::vector<std::uint32_t>& row_contexts);
  void read_overs(Reader& reader, Reader& bytes, std::size_t count);

  Transaction take_edit(std::uint32_t line, std::uint64_t seq, const OverAt& over_at,
                        const Keyring& keys);
  RowWrite take_row(std::uint32_t line, std::uint64_t seq, const OverAt& over_at,
                    const Keyring& keys);
  Value take_value(ColumnValue& value, const ValuePlace& place, const Keyring& keys) const;
  Over take_over(std::uint32_t line, std::uint64_t seq, const OverAt& over_at);
};

void BatchReader::Columns::read(Reader& reader, Reader& bytes) {
  size = reader.varint("leaves", limits::kBatchLeaves);
  const auto most_line = static_cast<std::int64_t>(context.lines) - 1;
  auto line_column = read_bounded(reader, size, {}, most_line, "lines");
  next_seq = context.first;
  auto format_column = read_bounded(reader, size, {}, UINT8_MAX, "formats");
  std::size_t edits = 0;
  for (auto format : format_column) edits += format == 0;
  read_raw(reader, bytes, size - edits);
  read_origins(reader, bytes);
  const auto most_origin = static_cast<std::int64_t>(tables.origins().size()) - 1;
  auto origin_column = read_bounded(reader, edits, {}, most_origin, "origins");
  const auto leaf_contexts = contexts_of(origin_column);
  times = Queue(read_integers(reader, edits, {}, "times"));
  auto page_column = read_integers(reader, edits, leaf_contexts, "pages");
  counters =
      Queue(read_bounded(reader, edits, first_appearances(page_column), UINT32_MAX, "counters"));
  lines = Queue(std::move(line_column));
  formats = Queue(std::move(format_column));
  origins = Queue(std::move(origin_column));
  pages = Queue(std::move(page_column));
  read_rows(reader, bytes, leaf_contexts);
  reader.expect_end("end");
  bytes.expect_end("end of strings");
}

void BatchReader::Columns::read_raw(Reader& reader, Reader& bytes, std::size_t count) {
  auto leaves = read_strings(reader, bytes, count, {}, "raw leaves");
  for (auto leaf : leaves) {
    if (leaf.size() > limits::kLeafBytes) reader.refuse("raw leaves", "one is too long");
    if (leaf.size() > string_budget) reader.refuse("raw leaves", "they come to too many bytes");
    string_budget -= leaf.size();
  }
  raw = Queue(std::move(leaves));
}

void BatchReader::Columns::read_origins(Reader& reader, Reader& bytes) {
  const auto count = reader.varint("origins", limits::kBatchLeaves);
  if (count == 0) return;
  const auto names = [&](const char* field) {
    auto read = read_strings(reader, bytes, count, {}, field);
    for (auto name : read) {
      if (name.size() > limits::kNameBytes) reader.refuse(field, "too long");
      if (!is_text(name)) reader.refuse(field, "not UTF-8 text without NUL");
    }
    return read;
  };
  const auto authors = names("author"), roles = names("role");
  const auto ranks = read_bounded(reader, count, {}, UINT16_MAX, "rank");
  const auto devices = names("device");
  for (std::size_t i = 0; i < count; ++i) {
    tables.add(Origin{std::string(authors[i]), std::string(roles[i]),
                      static_cast<std::uint16_t>(ranks[i]), std::string(devices[i])});
  }
}

void BatchReader::Columns::read_rows(Reader& reader, Reader& bytes,
                                     const std::vector<std::uint32_t>& leaf_contexts) {
  auto row_counts = read_bounded(reader, leaf_contexts.size(), {}, limits::kRowsInLeaf, "rows");
  std::vector<std::uint32_t> row_contexts;
  for (std::size_t i = 0; i < row_counts.size(); ++i) {
    row_contexts.insert(row_contexts.end(), static_cast<std::size_t>(row_counts[i]),
                        leaf_contexts[i]);
    if (row_contexts.size() > limits::kBatchRows) reader.refuse("rows", "too many");
  }
  rows = Queue(std::move(row_counts));
  const auto most = std::min(row_contexts.size(), limits::kBatchShapes);
  for (auto left = reader.varint("shapes", most); left > 0; --left) tables.add(read_shape(reader));
  auto row_shape =
      read_bounded(reader, row_contexts.size(), row_contexts,
                   static_cast<std::int64_t>(tables.shapes().size()) - 1, "row shapes");
  read_values_of(reader, bytes, row_shape, row_contexts);
  row_shapes = Queue(std::move(row_shape));
}

void BatchReader::Columns::read_values_of(Reader& reader, Reader& bytes,
                                          const std::vector<std::int64_t>& row_shape,
                                          const std::vector<std::uint32_t>& row_contexts) {
  std::vector<std::vector<std::uint32_t>> contexts;
  std::size_t overs = 0, total = 0, cells = 0;
  for (std::size_t i = 0; i < row_shape.size(); ++i) {
    const auto number = static_cast<std::size_t>(row_shape[i]);
    const auto& shape = tables.shapes()[number];
    const auto& columns = index.of(number, shape);
    contexts.resize(index.columns().size());
    for (auto column : columns) contexts[column].push_back(row_contexts[i]);
    total += columns.size();
    cells += shape.cells.size();
    for (const auto& cell : shape.cells) overs += cell.over;
    if (cells > limits::kBatchCells || total > limits::kBatchValues ||
        overs > limits::kBatchValues || contexts.size() > limits::kBatchColumns) {
      reader.refuse("values", "too many");
    }
  }
  values.resize(contexts.size());
  std::size_t opened = 0;
  for (const auto& [id, column] : index.columns()) {
    auto read = read_values(reader, bytes, contexts[column].size(), contexts[column], tables.pool(),
                            string_budget, "values");
    for (const auto& value : read) opened += std::holds_alternative<Opened>(value);
    if (opened > limits::kBatchOpened) reader.refuse("values", "too many in plain text");
    values[column] = Queue(std::move(read));
  }
  read_overs(reader, bytes, overs);
}

void BatchReader::Columns::read_overs(Reader& reader, Reader& bytes, std::size_t count) {
  auto line_column = read_integers(reader, count, {}, "over lines");
  std::size_t by_hash = 0;
  for (auto line : line_column) {
    if (line < -1 || line > static_cast<std::int64_t>(context.lines)) {
      reader.refuse("over lines", "no line " + std::to_string(line));
    }
    by_hash += line == -1;
  }
  over_lines = Queue(std::move(line_column));
  over_distances = Queue(read_integers(reader, count - by_hash, {}, "over distances"));
  over_hashes = bytes.raw(by_hash * Hash::kSize, "over hashes");
}

Transaction BatchReader::Columns::take_edit(std::uint32_t line, std::uint64_t seq,
                                            const OverAt& over_at, const Keyring& keys) {
  Transaction edit;
  edit.origin = tables.origins()[static_cast<std::size_t>(origins.take())];
  edit.time.ms = times.take();
  edit.entry.page = static_cast<std::uint64_t>(pages.take());
  edit.entry.counter = static_cast<std::uint32_t>(counters.take());
  Edit body;
  body.rows.resize(static_cast<std::size_t>(rows.take()));
  for (auto& row : body.rows) row = take_row(line, seq, over_at, keys);
  edit.body = std::move(body);
  return edit;
}

RowWrite BatchReader::Columns::take_row(std::uint32_t line, std::uint64_t seq,
                                        const OverAt& over_at, const Keyring& keys) {
  const auto number = static_cast<std::size_t>(row_shapes.take());
  const auto& shape = tables.shapes()[number];
  auto column = index.of(number, shape).begin();
  RowWrite row;
  row.table = shape.table;
  std::vector<Value> key(shape.key_columns);
  for (auto& part : key) {
    auto& value = values[*column++].take();
    if (!std::holds_alternative<Value>(value)) throw Refused("batch: an opened value in a row key");
    part = std::move(std::get<Value>(value));
  }
  row.key = make_key(key);
  if (row.key.bytes.size() > limits::kKeyBytes) throw Refused("batch: row key: too long");
  row.cells.resize(shape.cells.size());
  for (std::size_t c = 0; c < shape.cells.size(); ++c) {
    auto& cell = row.cells[c];
    cell.group = shape.cells[c].group;
    cell.op = shape.cells[c].op;
    cell.values.resize(shape.cells[c].values);
    for (std::uint32_t i = 0; i < cell.values.size(); ++i) {
      const ValuePlace place{row.table, row.key, cell.group, i};
      cell.values[i] = take_value(values[*column++].take(), place, keys);
    }
    cell.over.resize(shape.cells[c].over);
    for (auto& over : cell.over) over = take_over(line, seq, over_at);
  }
  return row;
}

Value BatchReader::Columns::take_value(ColumnValue& value, const ValuePlace& place,
                                       const Keyring& keys) const {
  if (auto* plain = std::get_if<Value>(&value)) return std::move(*plain);
  const auto& opened = std::get<Opened>(value);
  const auto* key = keys.find(opened.key);
  if (key == nullptr) {
    throw MissingKey("batch: a personal value in plain text whose key " + opened.key.hex() +
                     " isn't at hand");
  }
  return encipher(*key, opened.key, place, opened.plain);
}

Over BatchReader::Columns::take_over(std::uint32_t line, std::uint64_t seq, const OverAt& over_at) {
  const auto over_line = over_lines.take();
  if (over_line < 0) {
    const Over over{Hash::from(over_hashes.substr(0, Hash::kSize)), 0};
    over_hashes.remove_prefix(Hash::kSize);
    return over;
  }
  const bool own = over_line == 0;
  const auto at = own ? line : static_cast<std::uint32_t>(over_line - 1);
  const auto from = own ? seq : context.first[at];
  return over_at({at, from - static_cast<std::uint64_t>(over_distances.take())});
}

BatchReader::BatchReader(std::string_view bytes, const BatchContext& context)
    : columns_(std::make_unique<Columns>()) {
  Reader whole(bytes, "batch");
  const auto strings = whole.sized(bytes.size(), "strings");
  columns_->context = context;
  if (context.history != nullptr) columns_->tables = *context.history;
  const std::string_view like = columns_->tables.text();
  columns_->strings = decompress(strings, limits::kBatchBytes, like);
  columns_->numbers = decompress(whole.rest(), limits::kBatchBytes);
  Reader numbers_in(columns_->numbers, "batch"), strings_in(columns_->strings, "batch's strings");
  columns_->read(numbers_in, strings_in);
}

BatchReader::~BatchReader() = default;
BatchReader::BatchReader(BatchReader&&) noexcept = default;

std::size_t BatchReader::size() const { return columns_->size; }

BatchLeaf BatchReader::next(const OverAt& over_at, const Keyring& keys) {
  BatchLeaf leaf;
  leaf.line = static_cast<std::uint32_t>(columns_->lines.take());
  const auto seq = columns_->next_seq[leaf.line]++;
  leaf.format = static_cast<std::uint8_t>(columns_->formats.take());
  if (leaf.format == 0) {
    leaf.format = kLeafFormat;
    leaf.edit = columns_->take_edit(leaf.line, seq, over_at, keys);
  } else {
    leaf.raw = columns_->raw.take();
  }
  return leaf;
}

}  // namespace zimnik::sync
