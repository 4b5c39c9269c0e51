// Personal values at rest: deterministic ciphertext under a key of their person.
#pragma once

#include <cstdint>
#include <optional>

#include "sync/core/keyring.h"
#include "sync/core/value.h"

namespace zimnik::sync {

/// Where a value stands: the associated data of its ciphertext.
struct ValuePlace {
  std::uint32_t table;
  const Key& key;
  std::uint32_t group;
  std::uint32_t column;  ///< index in the group
};

/// AES-256-SIV over the value's encoding; associated data: table, group, column as varints, key.
Cipher encipher(const SivKey& key, const KeyId& id, const ValuePlace& place, const Value& plain);
/// Nothing where the key isn't at hand or doesn't fit.
std::optional<Value> decipher(const Keyring& keys, const ValuePlace& place, const Cipher& cipher);

}  // namespace zimnik::sync
