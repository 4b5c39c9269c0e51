// The message: all that one replica says to another at once. See sync/PROTOCOL.md, "Message".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/batch.h"
#include "sync/core/crypto.h"
#include "sync/core/site.h"
#include "sync/core/standing.h"

namespace zimnik::sync {

/// The newest that is read here. A message is written in it where it has notes, else in version 1.
inline constexpr std::uint8_t kMessageVersion = 2;

/// The first bytes of a leaf's hash: enough to tell branches apart. Zeros before the first leaf.
using LeafMark = FixedBytes<16, struct LeafMarkTag>;
LeafMark mark_of(const Hash& leaf);

/// A site's signature over its log at `size`, and how what is brought leads to it.
struct BroughtHead {
  std::uint64_t size = 0;
  Time time;
  Signature signature{};
  std::vector<Hash> proof;  ///< from the last leaf brought to `size`; none where they are one
};

/// A branch of a log that the message speaks of: where its leaves in the batch are attached, or,
/// where it brings none, a point on the way to what others of its leaves overwrite.
struct MessageLine {
  LogId log;
  std::uint64_t from = 0;           ///< leaves before those in the batch
  LeafMark mark;                    ///< of leaf `from`
  std::optional<BroughtHead> head;  ///< where it brings leaves
  /// How far the sender holds this line, where that is beyond what it brings; else 0.
  std::uint64_t held = 0;
  LeafMark held_mark;
};

/// A branch as points from its tip back, at distances that double: whoever holds an older state
/// of it, or another branch, finds about where they part.
struct Locator {
  LogId log;
  std::vector<std::pair<std::uint64_t, LeafMark>> points;  ///< seqs descending
};

/// All that the sender holds.
struct FullStanding {
  std::vector<Locator> branches;
  std::vector<SiteId> sites;
};

/// A receipt of its sender's. Its root isn't sent: who checks it computes it.
struct BroughtReceipt {
  LogId log;
  std::uint64_t size = 0;
  LeafMark mark;  ///< of leaf `size`: tells its branch
  Time time;
  Signature signature{};
  bool operator==(const BroughtReceipt&) const = default;
};

/// What a sender says of itself to who reads messages of version 2.
struct Notes {
  std::uint32_t schema = 0;  ///< its version
  std::vector<BroughtReceipt> receipts;
  bool operator==(const Notes&) const = default;
};

struct Message {
  /// What the sender takes both to hold: by name, or said in full. Neither where it doesn't know.
  StandingId base;
  std::optional<Standing> base_in_full;
  /// Of all that the sender holds.
  Digest shared_digest, school_digest;
  Digest keyring_digest;
  bool more = false;  ///< the sender holds more that the other may lack
  std::optional<FullStanding> standing;
  std::vector<SiteRecord> sites;
  std::vector<MessageLine> lines;
  std::string batch;  ///< empty where no leaves are brought
  std::optional<Notes> notes;
};

std::string encode_message(const Message& message);
/// Throws Refused, naming the byte and the field, for anything but one whole message: its last
/// bytes are a hash of all before.
Message decode_message(std::string_view bytes);

}  // namespace zimnik::sync
