// The leaf: a transaction's canonical encoding, and its name. See sync/PROTOCOL.md, "Leaf".
//
//   byte     format, 1
//   byte     stream
//   16       site
//   varint   seq, dense from 1
//   32       hash of the leaf before it; zeros before the first
//   rest     stream shared: the content; stream school: the content, sealed
//
// One value has one encoding: the decoder refuses any other. A leaf of a later format keeps the
// same five fields, so it can be held and passed on by who can't read it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sync/core/keyring.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

inline constexpr std::uint8_t kLeafFormat = 1;

/// Where a leaf stands.
struct LeafPlace {
  LogId log;
  std::uint64_t seq = 0;
  Hash previous;
  bool operator==(const LeafPlace&) const = default;
};

struct LeafHeader {
  std::uint8_t format = kLeafFormat;
  LeafPlace place;
};

/// SHA-256(0x00 leaf), as RFC 9162 has it: the leaf's place in the Merkle tree and its name.
Hash leaf_hash(std::string_view leaf);

void write_leaf_header(std::string& out, const LeafHeader& header);
/// Reads the five fields; `rest` becomes what follows. Throws Refused where they don't hold or the
/// leaf is over limits::kLeafBytes.
LeafHeader read_leaf_header(std::string_view leaf, std::string_view& rest);

/// What a clear leaf holds behind its header. REQUIRES: the transaction is sorted as its struct
/// says. Throws std::length_error where the leaf would be over limits::kLeafBytes.
void write_content(std::string& out, const Transaction& transaction);
/// Throws Refused where the bytes aren't one transaction in its one encoding.
Transaction read_content(std::string_view content);

/// Key id, synthetic IV, ciphertext. The header is the associated data.
std::string seal_content(const Keyring& keys, std::string_view header, std::string_view content);
/// Nothing where the key isn't at hand. Throws Refused where it is, and doesn't fit.
std::optional<std::string> open_content(const Keyring& keys, std::string_view header,
                                        std::string_view sealed);

/// The whole leaf. REQUIRES: `keys` holds a school key where the stream is the school's.
std::string encode_leaf(const LeafPlace& place, const Transaction& transaction,
                        const Keyring& keys);

/// The key under which a leaf of this format is sealed; nothing for a clear one.
std::optional<KeyId> sealed_under(std::string_view leaf);

/// What can be made of a leaf here: nothing where it is of a later format, sealed under a key
/// that isn't at hand, or doesn't hold in its content. A leaf is a function of its bytes, so all
/// who can read it agree.
std::optional<Transaction> read_leaf(std::string_view leaf, const Keyring& keys);

/// Throws Refused where rows, cells or over aren't in their order: read_content would refuse them.
void check_order(const Edit& edit);
/// Puts rows, cells and over in their order.
void sort(Transaction& transaction);

}  // namespace zimnik::sync
