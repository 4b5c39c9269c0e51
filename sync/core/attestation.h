// A site's word that something outside of the logs (a printed page) was made of a state of its log:
// short enough for a QR code, and checked with the authority's key alone. See sync/PROTOCOL.md,
// "Attestation".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/log_head.h"
#include "sync/core/site.h"

namespace zimnik::sync {

/// A hub's receipt of the log, at the attested state or before it, with who the hub is.
struct AttestedReceipt {
  SiteRecord hub;
  std::uint64_t size = 0;
  Hash root;
  Time time;
  Signature signature{};
  bool operator==(const AttestedReceipt&) const = default;
};

struct Attestation {
  SiteRecord site;         ///< that attests; its shared log is meant
  std::uint64_t size = 0;  ///< leaves of that log
  Hash root;               ///< of their tree
  Time time;               ///< when it was attested, by the site's clock
  std::string what;        ///< names what was made; at most limits::kAttestedBytes
  Hash content;            ///< of what was made
  Signature signature{};   ///< by the site, over signed_bytes()
  std::optional<AttestedReceipt> receipt;

  /// "zimnik attestation 1", site, size, root, time, what, content.
  std::string signed_bytes() const;
  bool operator==(const Attestation&) const = default;
};

/// Capital letters, digits and a colon: what a QR code holds best.
std::string encode_attestation(const Attestation& attestation);
/// Blanks, and small letters, are taken too. Throws Refused for what isn't one.
Attestation decode_attestation(std::string_view text);

/// What doesn't hold, a line each. Empty: the site is certified by the authority and has attested
/// this, and where there is a receipt, a certified hub gave it.
std::vector<std::string> faults_of(const Attestation& attestation, const PublicKey& authority);

}  // namespace zimnik::sync
