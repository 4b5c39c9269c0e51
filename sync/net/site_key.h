// The private half of a site: the Ed25519 key that signs its logs, and the P-256 key to which
// keys are wrapped for it and with which it shows itself in TLS.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sync/core/crypto.h"
#include "sync/core/site.h"

struct evp_pkey_st;

namespace zimnik::net {

/// A P-256 private key. Movable, not copyable. Any thread.
class EncryptionKey {
 public:
  static EncryptionKey generate();
  /// Big-endian. Throws sync::Refused where these aren't 32 bytes of a private key.
  static EncryptionKey from_scalar(std::string_view scalar);
  EncryptionKey(EncryptionKey&&) noexcept;
  EncryptionKey& operator=(EncryptionKey&&) noexcept;
  ~EncryptionKey();

  sync::CompressedPoint public_point() const;
  std::string scalar() const;  ///< 32 bytes, secret
  std::string pem() const;     ///< PKCS #8, secret
  evp_pkey_st* native() const;

 private:
  struct Native;
  explicit EncryptionKey(std::unique_ptr<Native> native);
  std::unique_ptr<Native> native_;
};

class SiteSecret {
 public:
  static SiteSecret make();
  /// Throws std::system_error where the file can't be read, sync::Refused where it holds no keys.
  static SiteSecret load(const std::string& path);
  /// Mode 0600, whole or not at all, durable when it returns.
  void save(const std::string& path) const;

  sync::SiteKeys keys() const;
  sync::SiteId id() const { return keys().id(); }
  const sync::SigningKey& signing() const { return signing_; }
  /// One more, for what wants one of its own (sync::Identity).
  sync::SigningKey signing_copy() const { return sync::SigningKey::from_seed(signing_.seed()); }
  const EncryptionKey& encryption() const { return encryption_; }

 private:
  SiteSecret(sync::SigningKey signing, EncryptionKey encryption)
      : signing_(std::move(signing)), encryption_(std::move(encryption)) {}
  sync::SigningKey signing_;
  EncryptionKey encryption_;
};

}  // namespace zimnik::net
