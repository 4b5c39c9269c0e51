#include "sync/core/attestation.h"

#include <algorithm>
#include <cctype>

#include "sync/core/encoding.h"
#include "sync/core/limits.h"

namespace zimnik::sync {

namespace {

constexpr std::string_view kMark = "ZIMNIK:";
constexpr std::uint8_t kFormat = 1;

void write_state(Writer& writer, std::uint64_t size, const Hash& root, Time time) {
  writer.varint(size);
  writer.fixed(root);
  writer.signed_varint(time.ms);
}

Receipt receipt_of(const Attestation& attestation, const AttestedReceipt& receipt) {
  return {receipt.hub.keys.id(), {attestation.site.keys.id(), Stream::shared},
          receipt.size,          receipt.root,
          receipt.time,          receipt.signature};
}

void add_receipt_faults(const Attestation& attestation, const AttestedReceipt& receipt,
                        const PublicKey& authority, std::vector<std::string>& faults) {
  if (receipt.hub.kind != SiteKind::hub || receipt.hub.school != attestation.site.school ||
      !receipt.hub.is_signed_by(authority)) {
    faults.emplace_back("the receipt is of a site that the authority hasn't certified as a hub");
  }
  if (receipt.size > attestation.size) {
    faults.emplace_back("the receipt is of a later state than the one that is attested");
  }
  if (!receipt_of(attestation, receipt).is_signed_by(receipt.hub.keys.signing)) {
    faults.emplace_back("the receipt isn't signed by its hub");
  }
}

}  // namespace

std::string Attestation::signed_bytes() const {
  std::string bytes = "zimnik attestation 1";
  Writer writer(bytes);
  writer.fixed(site.keys.id());
  write_state(writer, size, root, time);
  writer.sized(what);
  writer.fixed(content);
  return bytes;
}

std::string encode_attestation(const Attestation& attestation) {
  std::string bytes;
  Writer writer(bytes);
  writer.byte(kFormat);
  write_site_record(writer, attestation.site);
  write_state(writer, attestation.size, attestation.root, attestation.time);
  writer.sized(attestation.what);
  writer.fixed(attestation.content);
  writer.fixed(attestation.signature);
  writer.byte(attestation.receipt ? 1 : 0);
  if (const auto& receipt = attestation.receipt) {
    write_site_record(writer, receipt->hub);
    write_state(writer, receipt->size, receipt->root, receipt->time);
    writer.fixed(receipt->signature);
  }
  auto text = std::string(kMark) + to_base32(bytes);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

Attestation decode_attestation(std::string_view text) {
  if (text.size() > limits::kAttestationText) throw Refused("attestation: too long");
  std::string letters;
  for (const unsigned char c : text) {
    if (std::isspace(c) == 0) letters += static_cast<char>(std::toupper(c));
  }
  if (!letters.starts_with(kMark)) throw Refused("attestation: it doesn't begin with ZIMNIK:");
  const auto bytes = from_base32(std::string_view(letters).substr(kMark.size()));
  if (!bytes) throw Refused("attestation: it isn't base32");
  Reader reader(*bytes, "attestation");
  if (reader.byte("format") != kFormat) reader.refuse("format", "of a later version");
  Attestation made;
  made.site = read_site_record(reader);
  made.size = reader.varint("size");
  made.root = reader.fixed<Hash>("root");
  made.time = {reader.signed_varint("time")};
  made.what = reader.text(limits::kAttestedBytes, "what");
  made.content = reader.fixed<Hash>("content");
  made.signature = reader.fixed<Signature>("signature");
  const auto has_receipt = reader.byte("has receipt");
  if (has_receipt > 1) reader.refuse("has receipt", "neither 0 nor 1");
  if (has_receipt == 1) {
    AttestedReceipt receipt;
    receipt.hub = read_site_record(reader);
    receipt.size = reader.varint("receipt size");
    receipt.root = reader.fixed<Hash>("receipt root");
    receipt.time = {reader.signed_varint("receipt time")};
    receipt.signature = reader.fixed<Signature>("receipt signature");
    made.receipt = receipt;
  }
  reader.expect_end("attestation");
  return made;
}

std::vector<std::string> faults_of(const Attestation& attestation, const PublicKey& authority) {
  std::vector<std::string> faults;
  if (!attestation.site.is_signed_by(authority)) {
    faults.emplace_back("the site isn't certified by the authority");
  }
  if (!verify(attestation.site.keys.signing, attestation.signed_bytes(), attestation.signature)) {
    faults.emplace_back("the site hasn't signed this");
  }
  if (attestation.receipt) {
    add_receipt_faults(attestation, *attestation.receipt, authority, faults);
  }
  return faults;
}

}  // namespace zimnik::sync
