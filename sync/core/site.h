// Sites: a place that writes is a pair of key pairs, and its id comes from the public keys.
#pragma once

#include <cstdint>
#include <string>

#include "sync/core/bytes.h"
#include "sync/core/crypto.h"
#include "sync/core/ids.h"

namespace zimnik::sync {

/// Persisted and sent: do not change. The order is that of the caps on an act's rank.
enum class SiteKind : std::uint8_t { laptop = 1, node = 2, hub = 3 };

/// Ranks of transactions. Persisted in every leaf: do not change.
namespace rank {
inline constexpr std::uint16_t kComputed = 0;
inline constexpr std::uint16_t kTechnicalSpecialist = 40;
inline constexpr std::uint16_t kDeputyHead = 60;
inline constexpr std::uint16_t kPrincipal = 80;
inline constexpr std::uint16_t kOperator = 100;
/// The highest rank that an act from a site of this kind can have. A laptop's acts have no power:
/// it leaves the building.
std::uint16_t cap(SiteKind kind);
}  // namespace rank

/// The public half of a site.
struct SiteKeys {
  PublicKey signing;             ///< Ed25519
  CompressedPoint encryption{};  ///< P-256, for bundles and wrapped keys
  SiteId id() const;             ///< SHA-256("zimnik site" signing encryption), first 16 bytes
  bool operator==(const SiteKeys&) const = default;
};

/// (school, public keys, kind), signed by the region's certificate authority, without expiry. A
/// record without a signature is one that another site vouches for (see Succession).
struct SiteRecord {
  SchoolId school;
  SiteKeys keys;
  SiteKind kind = SiteKind::node;
  Signature signature{};  ///< by the authority's Ed25519 key, over signed_bytes()

  std::string signed_bytes() const;
  bool is_signed_by(const PublicKey& authority) const;
  bool operator==(const SiteRecord&) const = default;
};

void write_site_keys(Writer& writer, const SiteKeys& keys);
SiteKeys read_site_keys(Reader& reader);
/// School, keys, kind, signature: 16 + 32 + 33 + 1 + 64 bytes.
void write_site_record(Writer& writer, const SiteRecord& record);
SiteRecord read_site_record(Reader& reader);
SiteKind read_site_kind(Reader& reader);

}  // namespace zimnik::sync
