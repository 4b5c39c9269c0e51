#include "sync/net/envelope.h"

#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint64_t kMostNumber = INT64_MAX;

}  // namespace

std::string encode_envelope(const Envelope& envelope) {
  std::string bytes;
  sync::Writer writer(bytes);
  writer.byte(kVersion);
  writer.varint(envelope.reply_budget);
  writer.varint(envelope.taken.number);
  if (envelope.taken.number != 0) writer.fixed64(envelope.taken.epoch);
  writer.varint(envelope.parcels.size());
  if (!envelope.parcels.empty()) writer.fixed64(envelope.epoch);
  std::uint64_t before = 0;
  for (const auto& [number, parcel] : envelope.parcels) {
    writer.varint(number - before);
    writer.sized(parcel);
    before = number;
  }
  writer.raw(envelope.message);
  return bytes;
}

Envelope decode_envelope(std::string_view bytes) {
  if (bytes.size() > limits::kEnvelopeBytes) throw sync::Refused("an envelope that is too large");
  sync::Reader reader(bytes, "envelope");
  if (reader.byte("version") != kVersion) reader.refuse("version", "unknown");
  Envelope envelope;
  envelope.reply_budget = reader.varint("reply budget");
  envelope.taken.number = reader.varint("parcels taken", kMostNumber);
  if (envelope.taken.number != 0) envelope.taken.epoch = reader.fixed64("epoch of parcels taken");
  const auto count = reader.varint("parcels", limits::kParcels);
  if (count != 0) envelope.epoch = reader.fixed64("epoch");
  std::uint64_t number = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto step = reader.varint("number of a parcel", kMostNumber - number);
    if (step == 0) reader.refuse("number of a parcel", "not above the one before");
    number += step;
    envelope.parcels.push_back({number, std::string(reader.sized(limits::kParcelBytes, "parcel"))});
  }
  envelope.message = reader.rest();
  if (envelope.message.size() > sync::limits::kMessageBytes) reader.refuse("message", "too large");
  return envelope;
}

}  // namespace zimnik::net
