// A site's word on how far its log goes, and a hub's that it has taken it in.
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

/// A hub's word that it held the log as far as this at a time by its clock: it proves intake.
struct Receipt {
  SiteId by;  ///< the hub
  LogId log;
  std::uint64_t size = 0;
  Hash root;
  Time time;  ///< of intake
  Signature signature{};

  /// "zimnik receipt 1", site of the log, stream, size, root, time.
  std::string signed_bytes() const;
  bool is_signed_by(const PublicKey& hub) const;
};

}  // namespace zimnik::sync
