// The columns of a batch: sequences of integers, strings and values, each written so that a
// general compressor finds little left to say. See sync/PROTOCOL.md, "Columns".
//
// Every sequence has a context for each of its members (who wrote it, say): what one context does
// next is best told by what it did last. Numbers and the bytes of strings go to two places, for
// they compress best apart.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/seeded_hash.h"
#include "sync/core/value.h"

namespace zimnik::sync {

using Contexts = std::span<const std::uint32_t>;

/// How a sequence of integers is written. Sent and stored: do not change.
enum class IntegerMode : std::uint8_t {
  plain = 0,             ///< as they are
  delta = 1,             ///< less the one before of the same context
  dictionary = 2,        ///< which of the distinct ones, in order of first appearance
  dictionary_delta = 3,  ///< its index there, less the one before of the same context
  pool = 4,              ///< which of the distinct long ones of all columns so far
  pool_delta = 5,        ///< its index there, less the one before of the same context
  same = 6,              ///< all are this one
};

/// The long numbers — names of things — that the columns of a batch hold, in order of first
/// appearance: whoever is named in one column is named again in others.
class IntegerPool {
 public:
  /// Whether a number is long enough to be the name of a thing.
  static bool takes(std::int64_t number);
  /// The index of a number; it is added where it isn't there yet.
  std::int64_t index_of(std::int64_t number);
  /// For who only reads: these can't be asked for with index_of().
  void add(std::span<const std::int64_t> numbers);
  /// Drops the newest. REQUIRES: size is at most that of numbers(), which all differ.
  void shrink(std::size_t size);
  const std::vector<std::int64_t>& numbers() const { return numbers_; }

 private:
  std::vector<std::int64_t> numbers_;
  std::unordered_map<std::int64_t, std::int64_t, SeededHash> index_;
};

/// Writes whichever mode is likely to be smallest: a byte (mode · 16 + number of planes), in the
/// dictionary and pool modes the entries that are new, then the planes: the numbers' lowest bytes,
/// their next bytes, … up to the last plane that isn't all zero.
/// REQUIRES: as many contexts as numbers, or none at all.
void write_integers(Writer& writer, std::span<const std::int64_t> numbers, Contexts contexts,
                    IntegerPool* pool = nullptr);
std::vector<std::int64_t> read_integers(Reader& reader, std::size_t count, Contexts contexts,
                                        const char* field, IntegerPool* pool = nullptr);

/// The distinct ones' lengths as integers, their bytes to `bytes`; then which each is.
void write_strings(Writer& writer, Writer& bytes, std::span<const std::string_view> strings,
                   Contexts contexts);
/// The strings point into the bytes of `bytes`.
std::vector<std::string_view> read_strings(Reader& reader, Reader& bytes, std::size_t count,
                                           Contexts contexts, const char* field);

/// A personal value that is carried in plain text between two who hold its key: the receiver
/// enciphers it again, to the same bytes.
struct Opened {
  KeyId key;
  Value plain;
};
using ColumnValue = std::variant<Value, Opened>;

/// The values of one column of one table, each type apart. What is added must outlive it.
class ValueColumn {
 public:
  void add(const ValueView& value, std::uint32_t context);
  /// A personal value in plain text.
  void add_opened(const KeyId& key, std::string encoded, std::uint32_t context);
  /// A byte: the tag that all have, or 0xff and the tags as integers; then for each tag that is
  /// there its numbers, strings, or key ids and strings.
  void write(Writer& writer, Writer& bytes, IntegerPool& pool);

 private:
  /// The members that have one tag.
  struct Part {
    std::vector<std::uint32_t> contexts;
    std::vector<std::int64_t> numbers;  ///< integers, the bits of reals, key ids
    std::vector<std::string_view> strings;
    std::vector<std::string> encoded;  ///< of opened values; not yet in `strings`
  };
  static constexpr std::size_t kTags = 7;  // those of ValueTag, and that of opened values
  std::vector<std::int64_t> tags_;
  std::array<Part, kTags> parts_;
};

/// Reads what ValueColumn writes. `budget` is how many bytes of strings may still be made: each
/// member has its own copy of what is there once, so a few bytes could come to any number. What is
/// made is taken off.
std::vector<ColumnValue> read_values(Reader& reader, Reader& bytes, std::size_t count,
                                     Contexts contexts, IntegerPool& pool, std::size_t& budget,
                                     const char* field);

}  // namespace zimnik::sync
