// HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Seals to a
// public key; says nothing of who sealed. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/net/site_key.h"

namespace zimnik::net {

/// Numbers of RFC 9180, 7.3. Ours is AES-256-GCM; the RFC's examples for P-256 have the other.
enum class HpkeCipher : std::uint16_t { aes_128_gcm = 1, aes_256_gcm = 2 };

inline constexpr std::size_t kHpkeOverhead = 65 + 16;  ///< bytes: ephemeral public key, and tag

/// The ephemeral public key (uncompressed point), then the ciphertext with its tag. Throws
/// sync::Refused where the recipient's key is no point of the curve.
std::string hpke_seal(const sync::CompressedPoint& recipient, std::string_view info,
                      std::string_view plain, HpkeCipher cipher = HpkeCipher::aes_256_gcm,
                      std::string_view associated = {});
/// The same with an ephemeral key that is given, for examples. REQUIRES: it is used once.
std::string hpke_seal_with(const EncryptionKey& ephemeral, const sync::CompressedPoint& recipient,
                           std::string_view info, std::string_view plain, HpkeCipher cipher,
                           std::string_view associated);
/// Nothing where it wasn't sealed to this key with this info.
std::optional<std::string> hpke_open(const EncryptionKey& recipient, std::string_view info,
                                     std::string_view sealed,
                                     HpkeCipher cipher = HpkeCipher::aes_256_gcm,
                                     std::string_view associated = {});

}  // namespace zimnik::net
