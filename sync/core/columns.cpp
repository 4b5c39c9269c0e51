#include "sync/core/columns.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

namespace zimnik::sync {
namespace {

/// What the last one of each context was. A new context goes on from the last one of any, the very
/// first from 0.
class LastOf {
 public:
  explicit LastOf(Contexts contexts) : contexts_(contexts) {
    std::uint32_t most = 0;
    for (auto context : contexts) most = std::max(most, context);
    // A batch may have many contexts and many short columns: a table of all of the contexts for
    // each of the columns would take minutes to clear.
    if (most / 8 <= contexts.size()) last_.resize(std::size_t{most} + 1);
  }
  /// Gives what the predecessor of the member at `index` was; `next` says what it is itself.
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
  std::unordered_map<std::uint32_t, std::optional<std::uint64_t>, SeededHash>
      sparse_;  ///< where last_ is empty
};

using Numbers = std::vector<std::uint64_t>;

Numbers zigzags(std::span<const std::int64_t> numbers) {
  Numbers result(numbers.size());
  std::transform(numbers.begin(), numbers.end(), result.begin(), &Writer::zigzag);
  return result;
}

/// Differences wrap around, so that they can be taken of any two numbers.
Numbers differences(std::span<const std::int64_t> numbers, Contexts contexts) {
  LastOf last(contexts);
  Numbers result(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto number = static_cast<std::uint64_t>(numbers[i]);
      result[i] = Writer::zigzag(static_cast<std::int64_t>(number - before));
      return number;
    });
  }
  return result;
}

std::vector<std::int64_t> sums(const Numbers& zigzag, Contexts contexts) {
  LastOf last(contexts);
  std::vector<std::int64_t> result(zigzag.size());
  for (std::size_t i = 0; i < zigzag.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto number = before + static_cast<std::uint64_t>(Writer::unzigzag(zigzag[i]));
      result[i] = static_cast<std::int64_t>(number);
      return number;
    });
  }
  return result;
}

/// Indexes as symbols: the same as the last one of the context, the next one that is new, or n + 2
/// for entry n. Entries from `fresh` on appear in their order.
enum Symbol : std::uint64_t { kSame = 0, kNew = 1, kFirst = 2 };

Numbers symbols(std::span<const std::int64_t> indexes, std::size_t fresh, Contexts contexts) {
  LastOf last(contexts);
  Numbers result(indexes.size());
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto index = static_cast<std::uint64_t>(indexes[i]);
      result[i] = index == fresh ? kNew : index == before ? kSame : index + kFirst;
      if (index == fresh) ++fresh;
      return index;
    });
  }
  return result;
}

/// What comes out may lie past the entries: who looks them up sees to it.
std::vector<std::int64_t> indexes_of(const Numbers& symbols, std::size_t fresh, Contexts contexts) {
  LastOf last(contexts);
  std::vector<std::int64_t> result(symbols.size());
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    last.step(i, [&](std::uint64_t before) {
      const auto index = symbols[i] == kNew    ? fresh++
                         : symbols[i] == kSame ? before
                                               : symbols[i] - kFirst;
      result[i] = static_cast<std::int64_t>(index);
      return index;
    });
  }
  return result;
}

double log2_of(std::uint32_t count) {
  static const auto kTable = [] {
    std::array<double, 4096> table{};
    for (std::size_t i = 1; i < table.size(); ++i) table[i] = std::log2(i);
    return table;
  }();
  return count < kTable.size() ? kTable[count] : std::log2(count);
}

/// So few bytes no compressor makes fewer.
constexpr std::size_t kTooFewToCompress = 8;

constexpr double kAny = std::numeric_limits<double>::infinity();

/// Numbers as they would be written in one mode, and about how many bytes that comes to: the
/// entropy of each plane by itself. Not counted beyond `most`: then another form is cheaper.
struct Form {
  IntegerMode mode;
  Numbers numbers;
  std::size_t planes = 0;  ///< up to the last that isn't all zero
  double cost = 0;

  Form(IntegerMode with_mode, Numbers with_numbers, double most = kAny)
      : mode(with_mode), numbers(std::move(with_numbers)) {
    std::uint64_t any = 0;
    for (auto number : numbers) any |= number;
    planes = (static_cast<std::size_t>(std::bit_width(any)) + 7) / 8;
    for (std::size_t plane = 0; plane < planes && cost < most; ++plane) cost += cost_of(plane);
  }

  std::uint8_t byte(std::size_t index, std::size_t plane) const {
    return static_cast<std::uint8_t>(numbers[index] >> (8 * plane));
  }

  double cost_of(std::size_t plane) const {
    const auto size = static_cast<double>(numbers.size());
    if (numbers.size() <= kTooFewToCompress) return size;
    std::array<std::uint32_t, 256> counts{};
    for (std::size_t i = 0; i < numbers.size(); ++i) ++counts[byte(i, plane)];
    const double of_size = log2_of(static_cast<std::uint32_t>(numbers.size()));
    double bits = 0, distinct = 0;
    for (auto count : counts) {
      if (count == 0) continue;
      bits += count * (of_size - log2_of(count));
      ++distinct;
    }
    return std::min(bits / 8 + distinct / 2, size);
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

Form cheaper(Form left, IntegerMode mode, Numbers numbers) {
  Form right(mode, std::move(numbers), left.cost);
  return right.cost < left.cost ? std::move(right) : std::move(left);
}

Form simple_form(std::span<const std::int64_t> numbers, Contexts contexts, double most = kAny) {
  return cheaper(Form(IntegerMode::plain, zigzags(numbers), most), IntegerMode::delta,
                 differences(numbers, contexts));
}

Form index_form(IntegerMode mode, std::span<const std::int64_t> indexes, std::size_t fresh,
                Contexts contexts, double most = kAny) {
  const bool of_pool = mode == IntegerMode::pool;
  return cheaper(Form(mode, symbols(indexes, fresh, contexts), most),
                 of_pool ? IntegerMode::pool_delta : IntegerMode::dictionary_delta,
                 differences(indexes, contexts));
}

/// Writes indexes behind the entries that are new to whom they index.
void write_indexed(Writer& writer, const Form& index, const Form& entries) {
  index.write_head(writer);
  writer.varint(entries.numbers.size());
  if (!entries.numbers.empty()) entries.write_head(writer);
  entries.write_planes(writer);
  index.write_planes(writer);
}

/// Writes numbers as a pool's, where that is shorter.
bool write_pooled(Writer& writer, std::span<const std::int64_t> numbers, Contexts contexts,
                  IntegerPool& pool, double otherwise) {
  const auto had = pool.numbers().size();
  std::vector<std::int64_t> indexes(numbers.size());
  std::transform(numbers.begin(), numbers.end(), indexes.begin(),
                 [&](std::int64_t number) { return pool.index_of(number); });
  const Form entries = simple_form(std::span(pool.numbers()).subspan(had), {}, otherwise);
  const Form index =
      index_form(IntegerMode::pool, indexes, had, contexts, otherwise - entries.cost);
  const bool pays = entries.cost + index.cost < otherwise;
  pays ? write_indexed(writer, index, entries) : pool.shrink(had);
  return pays;
}

/// The distinct ones, in order of first appearance, and each one's index among them.
template <class Member>
struct Dictionary {
  std::vector<Member> distinct;
  std::vector<std::int64_t> indexes;

  /// Nothing where more than `most` are distinct.
  static std::optional<Dictionary> of(std::span<const Member> members, std::size_t most) {
    Dictionary result;
    std::unordered_map<Member, std::int64_t, SeededHash> seen;
    result.indexes.reserve(members.size());
    for (const auto& member : members) {
      const auto [it, is_new] = seen.emplace(member, static_cast<std::int64_t>(seen.size()));
      if (is_new) result.distinct.push_back(member);
      if (result.distinct.size() > most) return std::nullopt;
      result.indexes.push_back(it->second);
    }
    return result;
  }
};

/// Numbers of so many bytes are names of things, which other columns may name too.
constexpr int kPooledBits = 32;
constexpr double kDictionaryPaysFrom = 16;  // bytes: below, its head outweighs it

struct Head {
  IntegerMode mode;
  std::size_t planes;
};

Head read_head(Reader& reader, const char* field) {
  const auto byte = reader.byte(field);
  if ((byte >> 4) > 6 || (byte & 15) > 8) reader.refuse(field, "unknown way of writing numbers");
  return {static_cast<IntegerMode>(byte >> 4), static_cast<std::size_t>(byte & 15)};
}

Numbers read_planes(Reader& reader, std::size_t count, std::size_t planes, const char* field) {
  Numbers numbers(count);
  for (std::size_t plane = 0; plane < planes; ++plane) {
    const auto bytes = reader.raw(count, field);
    for (std::size_t i = 0; i < count; ++i) {
      numbers[i] |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * plane);
    }
  }
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
  const auto planes = read_planes(reader, count, head.planes, field);
  if (head.mode == IntegerMode::delta) return sums(planes, contexts);
  if (head.mode != IntegerMode::plain) reader.refuse(field, "not a way to write entries");
  std::vector<std::int64_t> numbers(count);
  std::transform(planes.begin(), planes.end(), numbers.begin(), &Writer::unzigzag);
  return numbers;
}

std::vector<std::int64_t> read_indexes(Reader& reader, std::size_t count, Contexts contexts,
                                       const Head& head, std::size_t fresh, const char* field) {
  const auto planes = read_planes(reader, count, head.planes, field);
  const bool are_symbols = head.mode == IntegerMode::dictionary || head.mode == IntegerMode::pool;
  return are_symbols ? indexes_of(planes, fresh, contexts) : sums(planes, contexts);
}

}  // namespace

bool IntegerPool::takes(std::int64_t number) {
  return std::bit_width(Writer::zigzag(number)) > kPooledBits;
}

std::int64_t IntegerPool::index_of(std::int64_t number) {
  const auto [it, is_new] = index_.emplace(number, static_cast<std::int64_t>(numbers_.size()));
  if (is_new) numbers_.push_back(number);
  return it->second;
}

void IntegerPool::shrink(std::size_t size) {
  for (auto i = size; i < numbers_.size(); ++i) index_.erase(numbers_[i]);
  numbers_.resize(size);
}

void IntegerPool::add(std::span<const std::int64_t> numbers) {
  numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
}

void write_integers(Writer& writer, std::span<const std::int64_t> numbers, Contexts contexts,
                    IntegerPool* pool) {
  const bool are_same =
      !numbers.empty() &&
      std::all_of(numbers.begin(), numbers.end(), [&](auto it) { return it == numbers.front(); });
  const bool are_long =
      pool != nullptr && std::any_of(numbers.begin(), numbers.end(), &IntegerPool::takes);
  if (are_same) {
    const Form one(IntegerMode::same, {Writer::zigzag(numbers.front())});
    if (are_long && write_pooled(writer, numbers, contexts, *pool, one.cost)) return;
    one.write_head(writer);
    return one.write_planes(writer);
  }
  const Form simple = simple_form(numbers, contexts);
  if (are_long && write_pooled(writer, numbers, contexts, *pool, simple.cost)) return;
  const auto dictionary = simple.cost > kDictionaryPaysFrom
                              ? Dictionary<std::int64_t>::of(numbers, numbers.size() / 2)
                              : std::nullopt;
  if (dictionary) {
    const Form distinct = simple_form(dictionary->distinct, {}, simple.cost);
    const Form index = index_form(IntegerMode::dictionary, dictionary->indexes, 0, contexts,
                                  simple.cost - distinct.cost);
    if (distinct.cost + index.cost < simple.cost) return write_indexed(writer, index, distinct);
  }
  simple.write_head(writer);
  simple.write_planes(writer);
}

std::vector<std::int64_t> read_integers(Reader& reader, std::size_t count, Contexts contexts,
                                        const char* field, IntegerPool* pool) {
  const Head head = read_head(reader, field);
  if (head.mode == IntegerMode::same) {
    const auto one = read_planes(reader, 1, head.planes, field);
    return std::vector<std::int64_t>(count, Writer::unzigzag(one.front()));
  }
  if (head.mode == IntegerMode::plain || head.mode == IntegerMode::delta) {
    return read_simple(reader, count, contexts, head, field);
  }
  const auto size = reader.varint(field, count);
  std::vector<std::int64_t> entries;
  if (size > 0) {
    const Head entries_head = read_head(reader, field);
    entries = read_simple(reader, size, {}, entries_head, field);
  }
  const bool is_pooled = head.mode == IntegerMode::pool || head.mode == IntegerMode::pool_delta;
  if (is_pooled && pool == nullptr) reader.refuse(field, "there is no pool for it");
  const std::size_t fresh = is_pooled ? pool->numbers().size() : 0;
  if (is_pooled) pool->add(entries);
  const auto indexes = read_indexes(reader, count, contexts, head, fresh, field);
  return look_up(reader, is_pooled ? pool->numbers() : entries, indexes, field);
}

void write_strings(Writer& writer, Writer& bytes, std::span<const std::string_view> strings,
                   Contexts contexts) {
  const auto dictionary = Dictionary<std::string_view>::of(strings, strings.size());
  std::vector<std::int64_t> lengths;
  for (auto string : dictionary->distinct) {
    lengths.push_back(static_cast<std::int64_t>(string.size()));
    bytes.raw(string);
  }
  writer.varint(lengths.size());
  if (!lengths.empty()) write_integers(writer, lengths, {});
  if (lengths.size() <= 1) return;
  const Form index = index_form(IntegerMode::dictionary, dictionary->indexes, 0, contexts);
  index.write_head(writer);
  index.write_planes(writer);
}

std::vector<std::string_view> read_strings(Reader& reader, Reader& bytes, std::size_t count,
                                           Contexts contexts, const char* field) {
  const auto size = reader.varint(field, count);
  if (count > 0 && size == 0) reader.refuse(field, "strings of an empty dictionary");
  std::vector<std::string_view> distinct;
  if (size > 0) {
    for (auto length : read_integers(reader, size, {}, field)) {
      if (length < 0) reader.refuse(field, "a negative length");
      distinct.push_back(bytes.raw(static_cast<std::size_t>(length), field));
    }
  }
  if (size == 1) return std::vector<std::string_view>(count, distinct.front());
  if (size == 0) return distinct;
  const Head head = read_head(reader, field);
  if (head.mode != IntegerMode::dictionary && head.mode != IntegerMode::dictionary_delta) {
    reader.refuse(field, "not a way to write indexes");
  }
  return look_up(reader, distinct, read_indexes(reader, count, contexts, head, 0, field), field);
}

}  // namespace zimnik::sync
