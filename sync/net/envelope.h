// The body of an exchange's request and of its reply: the engine's message, and beside it parcels
// of keys.
//
//   envelope = version 1 (1 byte), reply budget in bytes (varint; 0 in a reply),
//              how far the sender has taken in the receiver's parcels: number (varint), and where
//              that isn't 0 the epoch of the receiver's store (8 bytes),
//              number of parcels (varint), and where that isn't 0 the epoch of the sender's store
//              (8 bytes) and for each its number, as the difference to the one before (varint), and
//              its bytes (length, bytes), the engine's message (all that is left)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/net/key_store.h"

namespace zimnik::net {

struct Envelope {
  std::uint64_t reply_budget = 0;
  ParcelCursor taken;
  std::uint64_t epoch = 0;  ///< of the sender's store; 0 where there are no parcels
  std::vector<NumberedParcel> parcels;
  std::string message;
};

std::string encode_envelope(const Envelope& envelope);
/// Throws sync::Refused.
Envelope decode_envelope(std::string_view bytes);

}  // namespace zimnik::net
