// The values that cells and keys hold, and their canonical encoding.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "sync/core/bytes.h"
#include "sync/core/ids.h"
#include "sync/core/seeded_hash.h"

namespace zimnik::sync {

struct Null {
  auto operator<=>(const Null&) const = default;
};
/// UTF-8 without NUL.
struct Text {
  std::string text;
  auto operator<=>(const Text&) const = default;
};
struct Blob {
  std::string bytes;
  auto operator<=>(const Blob&) const = default;
};
/// A personal value, enciphered under a key of its person (see keyring.h). The same value under
/// the same key gives the same bytes, so equality can be judged without the key.
struct Cipher {
  KeyId key;
  std::string bytes;
  auto operator<=>(const Cipher&) const = default;
};

/// A double is finite, and zero has no sign.
using Value = std::variant<Null, std::int64_t, double, Text, Blob, Cipher>;

/// The tags of the encoding: a value's index in the variant. Persisted: do not change.
enum class ValueTag : std::uint8_t { null, integer, real, text, blob, cipher };

inline ValueTag tag_of(const Value& value) { return static_cast<ValueTag>(value.index()); }
inline bool is_null(const Value& value) { return value.index() == 0; }

/// A value that lies elsewhere: in a Value, or in the bytes of a row key.
struct ValueView {
  ValueTag tag = ValueTag::null;
  std::int64_t number = 0;  ///< the integer, or the bits of the real
  KeyId key;                ///< of a cipher
  std::string_view bytes;   ///< of a text, blob or cipher
};
ValueView view_of(const Value& value);

/// Tag, then: integer — zigzag varint; real — 8 bytes, little-endian IEEE 754; text and blob — a
/// length and bytes; cipher — key id, length, bytes.
void write_value(Writer& writer, const Value& value);
Value read_value(Reader& reader, const char* field);

/// Whether `value` is one that a leaf may hold: finite, UTF-8, no NUL.
bool is_valid(const Value& value);

/// A row's primary key: its values' encoding, one after the other, behind their count. Compared
/// and stored as bytes; reads without any schema.
struct Key {
  std::string bytes;
  auto operator<=>(const Key&) const = default;
};

/// REQUIRES: each value is valid.
Key make_key(std::span<const Value> values);
std::vector<Value> key_values(const Key& key);
std::size_t key_size(const Key& key);  ///< how many values; REQUIRES: the bytes are a key
/// Each value in turn, none copied. REQUIRES: the bytes are a key.
void for_each_value(const Key& key, const std::function<void(const ValueView&)>& use);
void check_key(const Key& key);  ///< throws Refused where the bytes aren't a key

/// A key for people to read: its values, parted by commas, texts in quotes.
std::string text_of(const Key& key);

}  // namespace zimnik::sync

template <>
struct std::hash<zimnik::sync::Key> {
  std::size_t operator()(const zimnik::sync::Key& key) const noexcept {
    return zimnik::sync::seeded_hash(key.bytes);
  }
};
