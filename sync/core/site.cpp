#include "sync/core/site.h"

namespace zimnik::sync {

namespace rank {

std::uint16_t cap(SiteKind kind) {
  switch (kind) {
    case SiteKind::hub:
      return kOperator;
    case SiteKind::node:
      return kPrincipal;
    case SiteKind::laptop:
      break;
  }
  return kComputed;
}

}  // namespace rank

SiteId SiteKeys::id() const {
  const Hash hash = sha256({"zimnik site", signing.view(), encryption.view()});
  return SiteId::from(hash.view().substr(0, SiteId::kSize));
}

void write_site_keys(Writer& writer, const SiteKeys& keys) {
  writer.fixed(keys.signing);
  writer.fixed(keys.encryption);
}

SiteKeys read_site_keys(Reader& reader) {
  SiteKeys keys;
  keys.signing = reader.fixed<PublicKey>("signing key");
  keys.encryption = reader.fixed<CompressedPoint>("encryption key");
  return keys;
}

SiteKind read_site_kind(Reader& reader) {
  const auto kind = reader.byte("kind of site");
  if (kind < 1 || kind > 3) reader.refuse("kind of site", "unknown kind " + std::to_string(kind));
  return static_cast<SiteKind>(kind);
}

std::string SiteRecord::signed_bytes() const {
  std::string bytes = "zimnik site record 1";
  Writer writer(bytes);
  writer.fixed(school);
  write_site_keys(writer, keys);
  writer.byte(static_cast<std::uint8_t>(kind));
  return bytes;
}

bool SiteRecord::is_signed_by(const PublicKey& authority) const {
  return verify(authority, signed_bytes(), signature);
}

void write_site_record(Writer& writer, const SiteRecord& record) {
  writer.fixed(record.school);
  write_site_keys(writer, record.keys);
  writer.byte(static_cast<std::uint8_t>(record.kind));
  writer.fixed(record.signature);
}

SiteRecord read_site_record(Reader& reader) {
  SiteRecord record;
  record.school = reader.fixed<SchoolId>("school");
  record.keys = read_site_keys(reader);
  record.kind = read_site_kind(reader);
  record.signature = reader.fixed<Signature>("signature");
  return record;
}

}  // namespace zimnik::sync
