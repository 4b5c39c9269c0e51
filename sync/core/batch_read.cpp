// The reading half of the batch codec.
#include <map>

#include "sync/core/batch.h"
#include "sync/core/batch_shape.h"
#include "sync/core/columns.h"
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
  bool empty() const { return next_ == members_.size(); }

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
  std::string bytes;
  BatchContext context;
  std::vector<std::uint64_t> counts;
  std::size_t size = 0;
  std::size_t string_budget = limits::kBatchBytes;  ///< bytes that may still be made of strings

  Queue<std::int64_t> lines, formats, origins, times, pages, counters, rows, row_shapes, over_lines,
      over_distances;
  Queue<std::string_view> raw;
  std::vector<Origin> origin_table;
  std::vector<RowShape> shapes;
  std::map<ColumnId, Queue<ColumnValue>> values;
  std::string_view over_hashes;

  void read(Reader& reader);
  void read_raw(Reader& reader, std::size_t count);
  void read_origins(Reader& reader);
  void read_rows(Reader& reader, const std::vector<std::uint32_t>& leaf_contexts);
  void read_value_columns(Reader& reader, const std::vector<std::int64_t>& row_shape,
                          const std::vector<std::uint32_t>& row_contexts);

  Transaction take_edit(std::uint32_t line, std::uint64_t seq, const OverAt& over_at,
                        const Keyring& keys);
  RowWrite take_row(std::uint32_t line, std::uint64_t seq, const OverAt& over_at,
                    const Keyring& keys);
  Value take_value(const ValuePlace& place, const Keyring& keys);
  Over take_over(std::uint32_t line, std::uint64_t seq, const OverAt& over_at);
  std::vector<std::uint64_t> next_seq;
};

void BatchReader::Columns::read(Reader& reader) {
  size = reader.varint("leaves", limits::kBatchLeaves);
  const auto most_line = static_cast<std::int64_t>(context.lines) - 1;
  auto line_column = read_bounded(reader, size, {}, most_line, "lines");
  counts.assign(context.lines, 0);
  for (auto line : line_column) ++counts[static_cast<std::size_t>(line)];
  next_seq = context.first;
  auto format_column = read_bounded(reader, size, {}, UINT8_MAX, "formats");
  std::size_t edits = 0;
  for (auto format : format_column) edits += format == 0;
  read_raw(reader, size - edits);
  read_origins(reader);
  const auto most_origin = static_cast<std::int64_t>(origin_table.size()) - 1;
  auto origin_column = read_bounded(reader, edits, {}, most_origin, "origins");
  const auto leaf_contexts = contexts_of(origin_column);
  times = Queue(read_integers(reader, edits, leaf_contexts, "times"));
  auto page_column = read_integers(reader, edits, leaf_contexts, "pages");
  counters =
      Queue(read_bounded(reader, edits, first_appearances(page_column), UINT32_MAX, "counters"));
  lines = Queue(std::move(line_column));
  formats = Queue(std::move(format_column));
  origins = Queue(std::move(origin_column));
  pages = Queue(std::move(page_column));
  read_rows(reader, leaf_contexts);
  reader.expect_end("end");
}

void BatchReader::Columns::read_raw(Reader& reader, std::size_t count) {
  auto leaves = read_strings(reader, count, {}, "raw leaves");
  for (auto leaf : leaves) {
    if (leaf.size() > limits::kLeafBytes) reader.refuse("raw leaves", "one is too long");
    if (leaf.size() > string_budget) reader.refuse("raw leaves", "they come to too many bytes");
    string_budget -= leaf.size();
  }
  raw = Queue(std::move(leaves));
}

void BatchReader::Columns::read_origins(Reader& reader) {
  origin_table.resize(reader.varint("origins", limits::kBatchLeaves));
  for (auto& origin : origin_table) {
    origin.author = reader.text(limits::kNameBytes, "author");
    origin.role = reader.text(limits::kNameBytes, "role");
    origin.rank = static_cast<std::uint16_t>(reader.varint("rank", UINT16_MAX));
    origin.device = reader.text(limits::kNameBytes, "device");
  }
}

void BatchReader::Columns::read_rows(Reader& reader,
                                     const std::vector<std::uint32_t>& leaf_contexts) {
  auto row_counts = read_bounded(reader, leaf_contexts.size(), {}, limits::kRowsInLeaf, "rows");
  std::vector<std::uint32_t> row_contexts;
  for (std::size_t i = 0; i < row_counts.size(); ++i) {
    row_contexts.insert(row_contexts.end(), static_cast<std::size_t>(row_counts[i]),
                        leaf_contexts[i]);
    if (row_contexts.size() > limits::kBatchRows) reader.refuse("rows", "too many");
  }
  rows = Queue(std::move(row_counts));
  shapes.resize(reader.varint("shapes", row_contexts.size()));
  for (auto& shape : shapes) shape = read_shape(reader);
  auto row_shape = read_bounded(reader, row_contexts.size(), row_contexts,
                                static_cast<std::int64_t>(shapes.size()) - 1, "row shapes");
  read_value_columns(reader, row_shape, row_contexts);
  row_shapes = Queue(std::move(row_shape));
}

void BatchReader::Columns::read_value_columns(Reader& reader,
                                              const std::vector<std::int64_t>& row_shape,
                                              const std::vector<std::uint32_t>& row_contexts) {
  std::map<ColumnId, std::vector<std::uint32_t>> contexts;
  std::size_t overs = 0, total = 0;
  for (std::size_t i = 0; i < row_shape.size(); ++i) {
    const auto& shape = shapes[static_cast<std::size_t>(row_shape[i])];
    const auto add = [&](std::uint32_t group, std::uint32_t columns) {
      for (std::uint32_t c = 0; c < columns; ++c) {
        contexts[{shape.table, group, c}].push_back(row_contexts[i]);
      }
      total += columns;
    };
    add(0, shape.key_columns);
    for (const auto& cell : shape.cells) {
      add(cell.group, cell.values);
      overs += cell.over;
    }
    if (total > limits::kBatchValues || overs > limits::kBatchValues) {
      reader.refuse("values", "too many");
    }
  }
  IntegerPool pool;
  for (const auto& [id, column] : contexts) {
    values.emplace(
        id, Queue(read_values(reader, column.size(), column, pool, string_budget, "values")));
  }
  auto over_line_column = read_integers(reader, overs, {}, "over lines");
  std::size_t by_hash = 0;
  for (auto line : over_line_column) {
    if (line < -1 || line > static_cast<std::int64_t>(context.lines)) {
      reader.refuse("over lines", "no line " + std::to_string(line));
    }
    by_hash += line == -1;
  }
  over_lines = Queue(std::move(over_line_column));
  over_distances = Queue(read_integers(reader, overs - by_hash, {}, "over distances"));
  if (reader.varint("over hashes", overs) != by_hash) reader.refuse("over hashes", "their number");
  over_hashes = reader.raw(by_hash * Hash::kSize, "over hashes");
}

Transaction BatchReader::Columns::take_edit(std::uint32_t line, std::uint64_t seq,
                                            const OverAt& over_at, const Keyring& keys) {
  Transaction edit;
  edit.origin = origin_table[static_cast<std::size_t>(origins.take())];
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
  const auto& shape = shapes[static_cast<std::size_t>(row_shapes.take())];
  RowWrite row;
  row.table = shape.table;
  std::vector<Value> key(shape.key_columns);
  for (std::uint32_t i = 0; i < shape.key_columns; ++i) {
    auto& value = values.at({shape.table, 0, i}).take();
    if (!std::holds_alternative<Value>(value)) throw Refused("batch: an opened value in a row key");
    key[i] = std::move(std::get<Value>(value));
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
      cell.values[i] = take_value({row.table, row.key, cell.group, i}, keys);
    }
    cell.over.resize(shape.cells[c].over);
    for (auto& over : cell.over) over = take_over(line, seq, over_at);
  }
  return row;
}

Value BatchReader::Columns::take_value(const ValuePlace& place, const Keyring& keys) {
  auto& value = values.at({place.table, place.group, place.column}).take();
  if (auto* plain = std::get_if<Value>(&value)) return std::move(*plain);
  const auto& opened = std::get<Opened>(value);
  const auto* key = keys.find(opened.key);
  if (key == nullptr) {
    throw Refused("batch: a personal value in plain text whose key " + opened.key.hex() +
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
  columns_->bytes = decompress(bytes, limits::kBatchBytes);
  columns_->context = context;
  Reader reader(columns_->bytes, "batch");
  columns_->read(reader);
}

BatchReader::~BatchReader() = default;
BatchReader::BatchReader(BatchReader&&) noexcept = default;

std::size_t BatchReader::size() const { return columns_->size; }
const std::vector<std::uint64_t>& BatchReader::counts() const { return columns_->counts; }

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
