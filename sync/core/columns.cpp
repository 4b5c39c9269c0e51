#include "sync/core/columns.h"

#include <array>
#include <bit>
#include <cmath>
#include <optional>
#include <unordered_map>

namespace zimnik::sync {
namespace {

/// What the last one of each context was. A new context goes on from the last one of any.
class LastOf {
 public:
  explicit LastOf(Contexts contexts) : contexts_(contexts) {
    std::uint32_t most = 0;
    for (auto context : contexts) most = std::max(most, context);
    // A batch may have many contexts and many short columns: a table of all of the contexts for
    // each of the columns would take minutes to clear.
    if (most / 8 <= contexts.size()) last_.resize(std::size_t{most} + 1);
  }
  /// Gives what the predecessor of the member at `index` was; `next` is told of it.
  template <class Next>
  void step(std::size_t index, Next next) {
    const std::uint32_t context = contexts_.empty() ? 0 : contexts_[index];
    auto& last = last_.empty() ? sparse_[context] : last_[context];
    latest_ = next(last ? *last : latest_);
    last = latest_;
  }

 private:
  Contexts contexts_;
  std::uint64_t latest_ = 0;
  std::vector<std::optional<std::uint64_t>> last_;
  std::unordered_map<std::uint32_t, std::optional<std::uint64_t>>
      sparse_;  ///< where last_ is empty
};

/// Differences wrap around, so that they can be taken of any two numbers.
std::vector<std::int64_t> differences(std::span<const std::int64_t> numbers, Contexts contexts) {
  LastOf last(contexts);
  std::vector<std::int64_t> result(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto number = static_cast<std::uint64_t>(numbers[i]);
      result[i] = static_cast<std::int64_t>(number - before);
      return number;
    });
  }
  return result;
}

void sum_up(std::vector<std::int64_t>& numbers, Contexts contexts) {
  LastOf last(contexts);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto number = before + static_cast<std::uint64_t>(numbers[i]);
      numbers[i] = static_cast<std::int64_t>(number);
      return number;
    });
  }
}

/// Numbers as they would be written in one mode, and about how many bytes that comes to: the
/// entropy of each plane by itself.
struct Form {
  IntegerMode mode;
  std::vector<std::int64_t> numbers;
  std::size_t planes = 0;  ///< up to the last that isn't all zero
  double cost = 0;

  Form(IntegerMode with_mode, std::vector<std::int64_t> with_numbers)
      : mode(with_mode), numbers(std::move(with_numbers)) {
    std::uint64_t any = 0;
    for (auto number : numbers) any |= Writer::zigzag(number);
    planes = (static_cast<std::size_t>(std::bit_width(any)) + 7) / 8;
    for (std::size_t plane = 0; plane < planes; ++plane) cost += entropy(plane);
  }

  std::uint8_t byte(std::size_t index, std::size_t plane) const {
    return static_cast<std::uint8_t>(Writer::zigzag(numbers[index]) >> (8 * plane));
  }

  double entropy(std::size_t plane) const {
    std::array<std::uint32_t, 256> counts{};
    for (std::size_t i = 0; i < numbers.size(); ++i) ++counts[byte(i, plane)];
    const auto size = static_cast<double>(numbers.size());
    double bits = 0, symbols = 0;
    for (auto count : counts) {
      if (count == 0) continue;
      bits += count * std::log2(size / count);
      ++symbols;
    }
    return std::min(bits / 8 + symbols / 2, size);
  }

  void write_head(Writer& writer) const {
    writer.byte(static_cast<std::uint8_t>(static_cast<std::size_t>(mode) * 16 + planes));
  }
  void write_planes(Writer& writer) const {
    for (std::size_t plane = 0; plane < planes; ++plane) {
      for (std::size_t i = 0; i < numbers.size(); ++i) writer.byte(byte(i, plane));
    }
  }
};

std::vector<std::int64_t> copy(std::span<const std::int64_t> numbers) {
  return {numbers.begin(), numbers.end()};
}

Form cheaper(Form left, Form right) { return right.cost < left.cost ? right : left; }

Form simple_form(std::span<const std::int64_t> numbers, Contexts contexts) {
  return cheaper(Form(IntegerMode::plain, copy(numbers)),
                 Form(IntegerMode::delta, differences(numbers, contexts)));
}

/// The distinct numbers, in order of first appearance, and each one's index among them.
struct Dictionary {
  std::vector<std::int64_t> distinct, indexes;
};

/// Nothing where too many are distinct for a dictionary to pay.
std::optional<Dictionary> dictionary_of(std::span<const std::int64_t> numbers) {
  Dictionary result;
  std::unordered_map<std::int64_t, std::int64_t> seen;
  result.indexes.reserve(numbers.size());
  for (auto number : numbers) {
    const auto [it, is_new] = seen.emplace(number, static_cast<std::int64_t>(seen.size()));
    if (is_new) result.distinct.push_back(number);
    if (result.distinct.size() > numbers.size() / 2) return std::nullopt;
    result.indexes.push_back(it->second);
  }
  return result;
}

/// Numbers of so many bytes are names of things, which other columns may name too.
constexpr std::size_t kPooledPlanes = 5;
constexpr double kDictionaryPaysFrom = 16;  // bytes: below, its head outweighs it

struct Head {
  IntegerMode mode;
  std::size_t planes;
};

Head read_head(Reader& reader, const char* field) {
  const auto byte = reader.byte(field);
  if ((byte >> 4) > 5 || (byte & 15) > 8) reader.refuse(field, "unknown way of writing numbers");
  return {static_cast<IntegerMode>(byte >> 4), static_cast<std::size_t>(byte & 15)};
}

std::vector<std::int64_t> read_planes(Reader& reader, std::size_t count, std::size_t planes,
                                      const char* field) {
  std::vector<std::uint64_t> zigzag(count);
  for (std::size_t plane = 0; plane < planes; ++plane) {
    const auto bytes = reader.raw(count, field);
    for (std::size_t i = 0; i < count; ++i) {
      zigzag[i] |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * plane);
    }
  }
  std::vector<std::int64_t> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = Writer::unzigzag(zigzag[i]);
  return numbers;
}

/// Puts what the indexes name in their place.
template <class Entry>
std::vector<Entry> look_up(Reader& reader, const std::vector<Entry>& entries,
                           const std::vector<std::int64_t>& indexes, const char* field) {
  std::vector<Entry> result;
  result.reserve(indexes.size());
  for (auto index : indexes) {
    if (static_cast<std::uint64_t>(index) >= entries.size()) {
      reader.refuse(field, "index " + std::to_string(index) + " into a dictionary of " +
                               std::to_string(entries.size()));
    }
    result.push_back(entries[static_cast<std::size_t>(index)]);
  }
  return result;
}

std::vector<std::int64_t> read_simple(Reader& reader, std::size_t count, Contexts contexts,
                                      const Head& head, const char* field) {
  auto numbers = read_planes(reader, count, head.planes, field);
  if (head.mode == IntegerMode::delta || head.mode == IntegerMode::dictionary_delta ||
      head.mode == IntegerMode::pool_delta) {
    sum_up(numbers, contexts);
  }
  return numbers;
}

}  // namespace

namespace {

/// Writes indexes behind the entries that are new to whom they index.
void write_indexed(Writer& writer, const Form& index, const Form& entries) {
  index.write_head(writer);
  writer.varint(entries.numbers.size());
  entries.write_head(writer);
  entries.write_planes(writer);
  index.write_planes(writer);
}

}  // namespace

void write_integers(Writer& writer, std::span<const std::int64_t> numbers, Contexts contexts,
                    IntegerPool* pool) {
  const Form simple = simple_form(numbers, contexts);
  if (pool != nullptr && simple.planes >= kPooledPlanes) {
    const auto pooled = pool->index(numbers);
    const Form entries = simple_form(pooled.distinct, {});
    const Form index =
        cheaper(Form(IntegerMode::pool, pooled.indexes),
                Form(IntegerMode::pool_delta, differences(pooled.indexes, contexts)));
    if (entries.cost + index.cost < simple.cost) {
      pool->add(pooled.distinct);
      return write_indexed(writer, index, entries);
    }
  }
  const auto dictionary = simple.cost > kDictionaryPaysFrom ? dictionary_of(numbers) : std::nullopt;
  if (dictionary) {
    const Form distinct = simple_form(dictionary->distinct, {});
    const Form index =
        cheaper(Form(IntegerMode::dictionary, dictionary->indexes),
                Form(IntegerMode::dictionary_delta, differences(dictionary->indexes, contexts)));
    if (distinct.cost + index.cost < simple.cost) return write_indexed(writer, index, distinct);
  }
  simple.write_head(writer);
  simple.write_planes(writer);
}

std::vector<std::int64_t> read_integers(Reader& reader, std::size_t count, Contexts contexts,
                                        const char* field, IntegerPool* pool) {
  const Head head = read_head(reader, field);
  if (head.mode == IntegerMode::plain || head.mode == IntegerMode::delta) {
    return read_simple(reader, count, contexts, head, field);
  }
  const auto size = reader.varint(field, count);
  const Head entries_head = read_head(reader, field);
  const auto entries = read_simple(reader, size, {}, entries_head, field);
  const bool is_pooled = head.mode == IntegerMode::pool || head.mode == IntegerMode::pool_delta;
  if (is_pooled && pool == nullptr) reader.refuse(field, "there is no pool for it");
  if (is_pooled) pool->add(entries);
  const auto indexes = read_simple(reader, count, contexts, head, field);
  return look_up(reader, is_pooled ? pool->numbers() : entries, indexes, field);
}

IntegerPool::Indexed IntegerPool::index(std::span<const std::int64_t> numbers) const {
  Indexed result;
  std::unordered_map<std::int64_t, std::int64_t> added;
  result.indexes.reserve(numbers.size());
  for (auto number : numbers) {
    if (const auto known = index_.find(number); known != index_.end()) {
      result.indexes.push_back(known->second);
      continue;
    }
    const auto next = static_cast<std::int64_t>(numbers_.size() + added.size());
    const auto [it, is_new] = added.emplace(number, next);
    if (is_new) result.distinct.push_back(number);
    result.indexes.push_back(it->second);
  }
  return result;
}

void IntegerPool::add(std::span<const std::int64_t> numbers) {
  for (auto number : numbers) {
    index_.emplace(number, static_cast<std::int64_t>(numbers_.size()));
    numbers_.push_back(number);
  }
}

void write_strings(Writer& writer, std::span<const std::string_view> strings, Contexts contexts) {
  std::unordered_map<std::string_view, std::int64_t> seen;
  std::vector<std::string_view> distinct;
  std::vector<std::int64_t> indexes, lengths;
  for (auto string : strings) {
    const auto [it, is_new] = seen.emplace(string, static_cast<std::int64_t>(seen.size()));
    if (is_new) {
      distinct.push_back(string);
      lengths.push_back(static_cast<std::int64_t>(string.size()));
    }
    indexes.push_back(it->second);
  }
  writer.varint(distinct.size());
  write_integers(writer, lengths, {});
  for (auto string : distinct) writer.raw(string);
  write_integers(writer, indexes, contexts);
}

std::vector<std::string_view> read_strings(Reader& reader, std::size_t count, Contexts contexts,
                                           const char* field) {
  const auto size = reader.varint(field, count);
  std::vector<std::string_view> distinct;
  for (auto length : read_integers(reader, size, {}, field)) {
    if (length < 0) reader.refuse(field, "a negative length");
    distinct.push_back(reader.raw(static_cast<std::size_t>(length), field));
  }
  return look_up(reader, distinct, read_integers(reader, count, contexts, field), field);
}

}  // namespace zimnik::sync
