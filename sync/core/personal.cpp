#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

std::string associated_data(const ValuePlace& place) {
  std::string bytes = "zimnik value";
  Writer writer(bytes);
  writer.varint(place.table);
  writer.varint(place.group);
  writer.varint(place.column);
  writer.raw(place.key.bytes);
  return bytes;
}

}  // namespace

Cipher encipher(const SivKey& key, const KeyId& id, const ValuePlace& place, const Value& plain) {
  std::string bytes;
  Writer writer(bytes);
  write_value(writer, plain);
  return {id, siv_seal(key, associated_data(place), bytes)};
}

std::optional<Value> decipher(const Keyring& keys, const ValuePlace& place, const Cipher& cipher) {
  const auto* key = keys.find(cipher.key);
  if (key == nullptr) return std::nullopt;
  const auto bytes = siv_open(*key, associated_data(place), cipher.bytes);
  if (!bytes) return std::nullopt;
  try {
    Reader reader(*bytes, "personal value");
    auto value = read_value(reader, "value");
    reader.expect_end("value");
    if (std::holds_alternative<Cipher>(value)) return std::nullopt;
    return value;
  } catch (const Refused&) {
    return std::nullopt;  // sealed under the right key by one who writes nonsense
  }
}

}  // namespace zimnik::sync
