// The columns of a batch: sequences of integers, strings and values, each written so that a
// general compressor finds little left to say. See sync/PROTOCOL.md, "Columns".
//
// Every sequence has a context for each of its members (who wrote it, say): what one context does
// next is best told by what it did last.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/value.h"

namespace zimnik::sync {

using Contexts = std::span<const std::uint32_t>;

/// How a sequence of integers is written. Sent and stored: do not change.
enum class IntegerMode : std::uint8_t {
  plain = 0,             ///< as they are
  delta = 1,             ///< less the one before of the same context
  dictionary = 2,        ///< an index into the distinct ones, in order of first appearance
  dictionary_delta = 3,  ///< that index, less the one before of the same context
  pool = 4,              ///< an index into the distinct long ones of all columns so far
  pool_delta = 5,        ///< that index, less the one before of the same context
};

/// The long numbers — names of things — that the columns of a batch hold, in order of first
/// appearance: whoever is named in one column is named again in others.
class IntegerPool {
 public:
  struct Indexed {
    std::vector<std::int64_t> distinct;  ///< new ones
    std::vector<std::int64_t> indexes;   ///< into the pool with the new ones at its end
  };
  Indexed index(std::span<const std::int64_t> numbers) const;
  void add(std::span<const std::int64_t> numbers);
  const std::vector<std::int64_t>& numbers() const { return numbers_; }

 private:
  std::vector<std::int64_t> numbers_;
  std::unordered_map<std::int64_t, std::int64_t> index_;
};

/// Writes whichever mode is likely to be smallest: a byte (mode · 16 + number of planes), in the
/// dictionary modes the dictionary, in the pool modes what is new to the pool, then the planes: the
/// zigzag numbers' lowest bytes, their next bytes, … up to the last plane that isn't all zero.
/// REQUIRES: as many contexts as numbers, or none at all.
void write_integers(Writer& writer, std::span<const std::int64_t> numbers, Contexts contexts,
                    IntegerPool* pool = nullptr);
std::vector<std::int64_t> read_integers(Reader& reader, std::size_t count, Contexts contexts,
                                        const char* field, IntegerPool* pool = nullptr);

/// A dictionary of the distinct ones: their lengths as integers, their bytes; then the indexes.
void write_strings(Writer& writer, std::span<const std::string_view> strings, Contexts contexts);
/// The strings point into the reader's bytes.
std::vector<std::string_view> read_strings(Reader& reader, std::size_t count, Contexts contexts,
                                           const char* field);

/// A personal value that is carried in plain text between two who hold its key: the receiver
/// enciphers it again, to the same bytes.
struct Opened {
  KeyId key;
  Value plain;
};
using ColumnValue = std::variant<Value, Opened>;

/// A byte: the tag that all have, or 0xff and the tags as integers; then for each tag that is
/// there its numbers, strings, or key ids and strings.
void write_values(Writer& writer, std::span<const ColumnValue> values, Contexts contexts,
                  IntegerPool& pool);
/// `budget` is how many bytes of strings may still be made: each member has its own copy of what
/// the dictionary holds once, so a few bytes could come to any number. What is made is taken off.
std::vector<ColumnValue> read_values(Reader& reader, std::size_t count, Contexts contexts,
                                     IntegerPool& pool, std::size_t& budget, const char* field);

}  // namespace zimnik::sync
