// Merkle trees by RFC 9162 (Certificate Transparency 2.0), section 2.1, over the leaves of a log.
// Leaves count from 0 here: leaf i is seq i + 1.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "sync/core/ids.h"

namespace zimnik::sync {

/// SHA-256(0x01 left right).
Hash node_hash(const Hash& left, const Hash& right);

/// A tree that can only grow: the roots of its complete subtrees, largest first.
class MerkleTree {
 public:
  MerkleTree() = default;
  /// REQUIRES: as many peaks as size has one-bits.
  MerkleTree(std::uint64_t size, std::vector<Hash> peaks);

  void append(const Hash& leaf);
  std::uint64_t size() const { return size_; }
  const std::vector<Hash>& peaks() const { return peaks_; }
  /// SHA-256 of nothing for the empty tree.
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

/// The subtree over leaves [first, second), as RFC 9162 splits them.
using Range = std::pair<std::uint64_t, std::uint64_t>;
/// The hashes of subtrees to the right of what a replica holds.
using RightNodes = std::map<Range, Hash>;

/// Hashes of the subtrees of a tree of which only the first `held` leaves are at hand, and of the
/// rest the right-hand nodes that a proof brought.
class PartialTree {
 public:
  PartialTree(std::uint64_t held, std::function<Hash(std::uint64_t)> leaf, const RightNodes& right)
      : held_(held), leaf_(std::move(leaf)), right_(right) {}
  /// Throws std::logic_error where a node isn't at hand.
  Hash hash(const Range& range) const;
  /// PROOF(m, D[n]) of RFC 9162 2.1.4.1. REQUIRES: 0 < m ≤ n, m ≤ held.
  std::vector<Hash> consistency_proof(std::uint64_t m, std::uint64_t n) const;

 private:
  std::uint64_t held_;
  std::function<Hash(std::uint64_t)> leaf_;
  const RightNodes& right_;
};

/// The root of the tree of n leaves that `proof` claims to extend the one of m leaves with root
/// `root_m`; `right` becomes the proof's nodes to the right of m. Nothing is proven until a
/// signature over that root is. Throws Refused where the proof doesn't lead from root_m.
/// REQUIRES: 0 < m < n.
Hash root_by_consistency(std::uint64_t m, std::uint64_t n, const Hash& root_m,
                         std::span<const Hash> proof, RightNodes& right);

}  // namespace zimnik::sync
