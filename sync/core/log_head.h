// A site's word on how far its log goes.
#pragma once

#include "sync/core/crypto.h"
#include "sync/core/ids.h"

namespace zimnik::sync {

/// (log, size, Merkle root, time), signed by the site.
struct LogHead {
  LogId log;
  std::uint64_t size = 0;
  Hash root;
  Time time;  ///< of signing
  Signature signature{};

  /// "zimnik log head 1", site, stream, size, root, time.
  std::string signed_bytes() const;
  static LogHead sign(const SigningKey& key, const LogId& log, std::uint64_t size, const Hash& root,
                      Time time);
  bool is_signed_by(const PublicKey& site) const;
};

}  // namespace zimnik::sync
