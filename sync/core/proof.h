// Proofs: what was written to one row, by whom and when, in a file that anybody can check who has
// the key of the region's authority, without any database. See sync/PROTOCOL.md, "Proof".
//
// A proof has the leaves as they lie in their logs. Each hangs by an audit path on the root of a
// log head that its site signed, and where a hub has countersigned the log, on that root too. A
// site hangs on the authority's signature, or on the leaf of a site that vouches for it. What a
// leaf holds under a key is proven where the key is in the file; where it isn't, the file may
// state it: then that is the word of who made the file, and is told apart.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/core/leaf.h"
#include "sync/core/log_head.h"
#include "sync/core/site.h"

namespace zimnik::sync {

/// A signature over the root of a log's first `size` leaves, and how a leaf leads to that root.
struct SignedPath {
  std::uint64_t size = 0;
  Time time;
  Signature signature{};
  std::vector<Hash> path;
  bool operator==(const SignedPath&) const = default;
};

struct ProvenLeaf {
  std::string leaf;  ///< as it lies
  SignedPath head;   ///< by its site
  std::optional<SiteId> hub;
  SignedPath receipt;  ///< by that hub, where there is one
  /// Of a leaf that can't be read in full by who has no keys: the content as who made the file read
  /// it, of this row alone. Empty where nothing is stated.
  std::string stated;
  bool operator==(const ProvenLeaf&) const = default;
};

struct Proof {
  SchoolId school;
  std::uint32_t table = 0;
  Key key;
  std::vector<SiteRecord> sites;
  std::vector<ProvenLeaf> vouchers;  ///< successions
  std::vector<ProvenLeaf> entries;   ///< in the order in which they arrived at who made the file
  std::vector<SivKey> keys;          ///< the school's and persons', if it was to have them
  bool operator==(const Proof&) const = default;
};

/// JSON, as the specification has it. Reads again as the same.
std::string encode_proof(const Proof& proof);
/// Throws Refused, naming the member, for what isn't a whole proof or is over bounds.
Proof decode_proof(std::string_view text);

/// One transaction's write to the row, as far as it was proven.
struct CheckedEntry {
  enum class Opened : std::uint8_t {
    clear,   ///< no key is needed
    by_key,  ///< by keys in the proof
    stated,  ///< some of it by who made the proof
    none,    ///< some of it lies under a key, and nothing is said of it
  };
  LeafPlace place;
  Hash name;
  SiteKind kind = SiteKind::node;
  Time head_time;                  ///< when the site signed
  std::optional<Receipt> receipt;  ///< by whom, when
  Opened opened = Opened::clear;
  std::optional<Transaction> content;  ///< of this row alone; nothing where it can't be read
};

struct CheckedProof {
  std::vector<CheckedEntry> entries;  ///< those without fault
  /// What doesn't hold, a line each. Empty: all of it is proven, but for what is stated.
  std::vector<std::string> faults;
};

CheckedProof check_proof(const Proof& proof, const PublicKey& authority);

/// The transaction with its writes to this row alone; nothing where it has none.
std::optional<Transaction> only_row(const Transaction& transaction, std::uint32_t table,
                                    const Key& key);
/// Opens what lies under keys at hand. True where nothing is left under a key.
bool open_values(Transaction& transaction, const Keyring& keys);

}  // namespace zimnik::sync
