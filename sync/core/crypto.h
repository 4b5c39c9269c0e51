// The primitives, on OpenSSL: SHA-256, Ed25519, AES-256-SIV. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::sync {

using PublicKey = FixedBytes<32, struct PublicKeyTag>;
using CompressedPoint = FixedBytes<33, struct PointTag>;
using Signature = FixedBytes<64, struct SignatureTag>;

/// SHA-256 over the parts, one after the other.
Hash sha256(std::initializer_list<std::string_view> parts);

/// An Ed25519 private key. Movable, not copyable.
class SigningKey {
 public:
  static SigningKey generate();
  /// REQUIRES: 32 bytes.
  static SigningKey from_seed(std::string_view seed);
  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  ~SigningKey();

  PublicKey public_key() const;
  Signature sign(std::string_view bytes) const;
  std::string seed() const;  ///< 32 bytes, secret

 private:
  struct Native;
  explicit SigningKey(std::unique_ptr<Native> native);
  std::unique_ptr<Native> native_;
};

bool verify(const PublicKey& key, std::string_view bytes, const Signature& signature);

/// A key for AES-256-SIV (RFC 5297): deterministic, authenticated.
using SivKey = FixedBytes<64, struct SivKeyTag>;
SivKey random_siv_key();
/// SHA-256 of the key, first 8 bytes.
KeyId id_of(const SivKey& key);
/// 16 bytes of synthetic IV, then the ciphertext, as long as the plain text. REQUIRES: that isn't
/// empty.
std::string siv_seal(const SivKey& key, std::string_view associated, std::string_view plain);
/// Nothing where the bytes weren't sealed under this key with this associated data.
std::optional<std::string> siv_open(const SivKey& key, std::string_view associated,
                                    std::string_view sealed);

}  // namespace zimnik::sync
