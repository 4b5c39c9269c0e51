#include "sync/net/wrapped_keys.h"

#include <algorithm>
#include <stdexcept>

#include "sync/net/hpke.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kOfSchool = 0;
constexpr std::uint8_t kOfPerson = 1;

std::string addressed(std::string_view title, const sync::SchoolId& school,
                      const sync::SiteId& sender, const sync::SiteId& recipient) {
  std::string bytes(title);
  sync::Writer writer(bytes);
  writer.fixed(school);
  writer.fixed(sender);
  writer.fixed(recipient);
  return bytes;
}

std::string signed_bytes(const sync::SchoolId& school, const Parcel& parcel) {
  return addressed("zimnik parcel 1", school, parcel.sender, parcel.recipient) + parcel.sealed;
}

std::string info(const sync::SchoolId& school, const Parcel& parcel) {
  return addressed("zimnik keys 1", school, parcel.sender, parcel.recipient);
}

std::string encode_keys(std::span<const sync::NewKey> keys) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.varint(keys.size());
  for (const auto& [person, key] : keys) {
    writer.byte(person ? kOfPerson : kOfSchool);
    if (person) {
      std::string value;
      sync::Writer value_writer(value);
      sync::write_value(value_writer, *person);
      writer.sized(value);
    }
    writer.fixed(key);
  }
  return bytes;
}

sync::Value read_person(sync::Reader& reader) {
  sync::Reader value(reader.sized(limits::kPersonBytes, "person"), "person");
  auto person = sync::read_value(value, "person");
  value.expect_end("person");
  const auto tag = sync::tag_of(person);
  if (tag == sync::ValueTag::null || tag == sync::ValueTag::cipher) {
    reader.refuse("person", "not a person's name");
  }
  return person;
}

std::vector<sync::NewKey> decode_keys(std::string_view bytes) {
  sync::Reader reader(bytes, "keys");
  std::vector<sync::NewKey> keys;
  for (auto left = reader.varint("keys", limits::kParcelKeys); left > 0; --left) {
    const auto kind = reader.byte("kind of key");
    if (kind > kOfPerson) reader.refuse("kind of key", "unknown");
    sync::NewKey key;
    if (kind == kOfPerson) key.person = read_person(reader);
    key.key = reader.fixed<sync::SivKey>("key");
    keys.push_back(std::move(key));
  }
  reader.expect_end("keys");
  return keys;
}

}  // namespace

bool Parcel::is_signed_by(const sync::SchoolId& school, const sync::SiteKeys& site) const {
  return site.id() == sender && sync::verify(site.signing, signed_bytes(school, *this), signature);
}

std::string encode_parcel(const Parcel& parcel) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.byte(kVersion);
  writer.fixed(parcel.sender);
  writer.fixed(parcel.recipient);
  writer.sized(parcel.sealed);
  writer.fixed(parcel.signature);
  return bytes;
}

Parcel decode_parcel(std::string_view bytes) {
  if (bytes.size() > limits::kParcelBytes) throw sync::Refused("a parcel that is too large");
  sync::Reader reader(bytes, "parcel");
  if (reader.byte("version") != kVersion) reader.refuse("version", "unknown");
  Parcel parcel;
  parcel.sender = reader.fixed<sync::SiteId>("sender");
  parcel.recipient = reader.fixed<sync::SiteId>("recipient");
  parcel.sealed = reader.sized(limits::kParcelBytes, "sealed keys");
  parcel.signature = reader.fixed<sync::Signature>("signature");
  reader.expect_end("parcel");
  return parcel;
}

std::size_t keys_of_next_parcel(std::span<const sync::NewKey> keys) {
  const auto is_of_school = [](const sync::NewKey& key) { return !key.person; };
  if (!keys.empty() && is_of_school(keys.front())) return 1;
  const auto end = std::find_if(keys.begin(), keys.end(), is_of_school);
  return static_cast<std::size_t>(end - keys.begin());
}

Parcel wrap_keys(const sync::SchoolId& school, const SiteSecret& sender,
                 const sync::SiteKeys& recipient, std::span<const sync::NewKey> keys) {
  if (keys.size() > limits::kParcelKeys) throw std::logic_error("too many keys for one parcel");
  Parcel parcel{sender.id(), recipient.id(), {}, {}};
  parcel.sealed = hpke_seal(recipient.encryption, info(school, parcel), encode_keys(keys));
  parcel.signature = sender.signing().sign(signed_bytes(school, parcel));
  return parcel;
}

std::vector<sync::NewKey> unwrap_keys(const Parcel& parcel, const SiteSecret& recipient,
                                      const sync::SiteRecord& sender) {
  if (parcel.recipient != recipient.id()) throw sync::Refused("a parcel for another site");
  if (!parcel.is_signed_by(sender.school, sender.keys)) {
    throw sync::Refused("a parcel that its sender didn't sign");
  }
  const auto plain = hpke_open(recipient.encryption(), info(sender.school, parcel), parcel.sealed);
  if (!plain) throw sync::Refused("a parcel that isn't sealed to this site's key");
  auto keys = decode_keys(*plain);
  for (const auto& key : keys) {
    if (!key.person && sender.kind == sync::SiteKind::hub) {
      throw sync::Refused("a hub that hands out a key of the school");
    }
  }
  return keys;
}

}  // namespace zimnik::net
