// Merkle trees by RFC 9162 (Certificate Transparency 2.0), section 2.1, over the leaves of a log.
// Leaves count from 0 here: leaf i is seq i + 1.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sync/core/ids.h"

namespace zimnik::sync {

/// SHA-256(0x01 left right).
Hash node_hash(const Hash& left, const Hash& right);

/// The subtree over leaves [first, second), as RFC 9162 splits them.
using Range = std::pair<std::uint64_t, std::uint64_t>;

/// Leaves of a block: a complete subtree that begins at a multiple of this. Who keeps the roots of
/// a log's blocks hashes hardly more leaves than this again, however long the log is.
inline constexpr std::uint64_t kBlockLeaves = 1024;
/// The roots of blocks. Block b is over the leaves from b · kBlockLeaves.
using Blocks = std::map<std::uint64_t, Hash>;
/// Nothing where the range isn't a block, or its root isn't there.
std::optional<Hash> root_of(const Blocks& blocks, const Range& range);

/// A tree that can only grow: the roots of its complete subtrees, largest first.
class MerkleTree {
 public:
  MerkleTree() = default;
  /// REQUIRES: as many peaks as size has one-bits.
  MerkleTree(std::uint64_t size, std::vector<Hash> peaks);

  /// Gives the root of the block that this leaf completes, if it does.
  std::optional<Hash> append(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  const std::vector<Hash>& peaks() const { return peaks_; }
  /// SHA-256 of nothing for the empty tree.
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// The hashes of subtrees to the right of what a replica holds.
using RightNodes = std::map<Range, Hash>;

/// Hashes of the subtrees of a tree of which only the first `held` leaves are at hand, and of the
/// rest the right-hand nodes that a proof brought. All that it is made of must outlive it.
class PartialTree {
 public:
  /// The hash of a leaf, counted from 0.
  using Leaf = std::function<Hash(std::uint64_t)>;
  /// The hash of a subtree over held leaves, where it is known without hashing them.
  using Known = std::function<std::optional<Hash>(const Range&)>;

  PartialTree(std::uint64_t held, Leaf leaf, const RightNodes& right, Known known = nullptr)
      : held_(held), leaf_(std::move(leaf)), right_(right), known_(std::move(known)) {}
  /// Throws std::logic_error where a node isn't at hand.
  Hash hash(const Range& range) const;
  /// The tree of the first `size` leaves. REQUIRES: size ≤ held.
  MerkleTree first(std::uint64_t size) const;
  /// PROOF(m, D[n]) of RFC 9162 2.1.4.1. REQUIRES: 0 < m ≤ n, m ≤ held.
  std::vector<Hash> consistency_proof(std::uint64_t m, std::uint64_t n) const;
  /// PATH(index, D[n]) of RFC 9162 2.1.3.1. REQUIRES: index < n, index < held.
  std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t n) const;
  /// The nodes of a consistency proof to the right of m. REQUIRES: 0 < m ≤ n, m ≤ held.
  RightNodes right_nodes(std::uint64_t m, std::uint64_t n) const;

 private:
  std::uint64_t held_;
  Leaf leaf_;
  const RightNodes& right_;
  Known known_;
};

/// What a consistency proof claims. Nothing of it is proven until a signature over `root` is.
struct UnprovenTree {
  Hash root;
  RightNodes right;  ///< the proof's nodes to the right of what is held
};

/// The tree of n leaves that `proof` claims to extend the one of m leaves with root `root_m`.
/// Throws Refused where the proof doesn't lead from root_m. REQUIRES: 0 < m < n.
UnprovenTree tree_by_consistency(std::uint64_t m, std::uint64_t n, const Hash& root_m,
                                 std::span<const Hash> proof);

/// The root of the tree of n leaves in which `proof` puts this leaf at `index`. Throws Refused
/// where it isn't as long as such a proof is. REQUIRES: index < n.
Hash root_by_inclusion(std::uint64_t index, std::uint64_t n, const Hash& leaf,
                       std::span<const Hash> proof);

}  // namespace zimnik::sync
