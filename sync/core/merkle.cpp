#include "sync/core/merkle.h"

#include <bit>
#include <stdexcept>

#include "sync/core/bytes.h"
#include "sync/core/crypto.h"

namespace zimnik::sync {
namespace {

/// The largest power of two below n. REQUIRES: n > 1.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

/// Walks a consistency proof as SUBPROOF makes it: consumes hashes from its end.
class ProofWalk {
 public:
  ProofWalk(std::span<const Hash> proof, const Hash& root_m) : proof_(proof), root_m_(root_m) {}

  struct Roots {
    Hash old_root, new_root;
  };

  /// Roots of the first m leaves of the range and of all of it.
  Roots roots(std::uint64_t m, const Range& range, bool whole) {
    const auto n = range.second - range.first;
    if (m == n) {
      const Hash hash = whole ? root_m_ : take();
      return {hash, hash};
    }
    const auto k = split(n);
    if (m <= k) {
      const Range right_range{range.first + k, range.second};
      const Hash right = take();
      right_[right_range] = right;
      const auto left = roots(m, {range.first, range.first + k}, whole);
      return {left.old_root, node_hash(left.new_root, right)};
    }
    const Hash left = take();
    const auto right = roots(m - k, {range.first + k, range.second}, false);
    return {node_hash(left, right.old_root), node_hash(left, right.new_root)};
  }

  bool done() const { return proof_.empty(); }
  RightNodes take_right() { return std::move(right_); }

 private:
  Hash take() {
    if (proof_.empty()) throw Refused("consistency proof: too short");
    const Hash hash = proof_.back();
    proof_ = proof_.first(proof_.size() - 1);
    return hash;
  }

  std::span<const Hash> proof_;
  const Hash& root_m_;
  RightNodes right_;
};

void subproof(const PartialTree& tree, std::uint64_t m, const Range& range, bool whole,
              std::vector<Hash>& proof) {
  const auto n = range.second - range.first;
  if (m == n) {
    if (!whole) proof.push_back(tree.hash(range));
    return;
  }
  const auto k = split(n);
  const Range left{range.first, range.first + k}, right{range.first + k, range.second};
  if (m <= k) {
    subproof(tree, m, left, whole, proof);
    proof.push_back(tree.hash(right));
  } else {
    subproof(tree, m - k, right, false, proof);
    proof.push_back(tree.hash(left));
  }
}

void audit_path(const PartialTree& tree, std::uint64_t index, const Range& range,
                std::vector<Hash>& proof) {
  const auto n = range.second - range.first;
  if (n == 1) return;
  const auto middle = range.first + split(n);
  const Range left{range.first, middle}, right{middle, range.second};
  audit_path(tree, index, index < middle ? left : right, proof);
  proof.push_back(tree.hash(index < middle ? right : left));
}

void collect_right(const PartialTree& tree, std::uint64_t m, const Range& range,
                   RightNodes& nodes) {
  const auto n = range.second - range.first;
  if (m == n) return;
  const auto k = split(n);
  const Range left{range.first, range.first + k}, right{range.first + k, range.second};
  if (m <= k) {
    nodes[right] = tree.hash(right);
    collect_right(tree, m, left, nodes);
  } else {
    collect_right(tree, m - k, right, nodes);
  }
}

}  // namespace

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({std::string_view("\1", 1), left.view(), right.view()});
}

std::optional<Hash> root_of(const Blocks& blocks, const Range& range) {
  const bool is_block =
      range.second - range.first == kBlockLeaves && range.first % kBlockLeaves == 0;
  const auto found = is_block ? blocks.find(range.first / kBlockLeaves) : blocks.end();
  return found == blocks.end() ? std::nullopt : std::optional(found->second);
}

MerkleTree::MerkleTree(std::uint64_t size, std::vector<Hash> peaks)
    : size_(size), peaks_(std::move(peaks)) {
  if (static_cast<std::size_t>(std::popcount(size_)) != peaks_.size()) {
    throw std::logic_error("a Merkle tree has as many peaks as its size has one-bits");
  }
}

std::optional<Hash> MerkleTree::append(const Hash& leaf) {
  std::optional<Hash> block;
  Hash node = leaf;
  for (std::uint64_t under = 1;; under *= 2) {
    if (under == kBlockLeaves) block = node;
    if ((size_ & under) == 0) break;
    node = node_hash(peaks_.back(), node);
    peaks_.pop_back();
  }
  peaks_.push_back(node);
  ++size_;
  return block;
}

Hash MerkleTree::root() const {
  if (peaks_.empty()) return sha256({});
  Hash node = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) node = node_hash(peaks_[i], node);
  return node;
}

Hash PartialTree::hash(const Range& range) const {
  if (range.first >= held_) {
    const auto found = right_.find(range);
    if (found == right_.end()) throw std::logic_error("a Merkle node isn't at hand");
    return found->second;
  }
  const auto n = range.second - range.first;
  if (n == 1) return leaf_(range.first);
  if (known_ && range.second <= held_) {
    if (const auto known = known_(range)) return *known;
  }
  const auto middle = range.first + split(n);
  return node_hash(hash({range.first, middle}), hash({middle, range.second}));
}

MerkleTree PartialTree::first(std::uint64_t size) const {
  std::vector<Hash> peaks;
  for (std::uint64_t at = 0; at < size;) {
    const auto leaves = std::bit_floor(size - at);
    peaks.push_back(hash({at, at + leaves}));
    at += leaves;
  }
  return MerkleTree(size, std::move(peaks));
}

std::vector<Hash> PartialTree::consistency_proof(std::uint64_t m, std::uint64_t n) const {
  std::vector<Hash> proof;
  subproof(*this, m, {0, n}, true, proof);
  return proof;
}

std::vector<Hash> PartialTree::inclusion_proof(std::uint64_t index, std::uint64_t n) const {
  std::vector<Hash> proof;
  audit_path(*this, index, {0, n}, proof);
  return proof;
}

RightNodes PartialTree::right_nodes(std::uint64_t m, std::uint64_t n) const {
  RightNodes nodes;
  collect_right(*this, m, {0, n}, nodes);
  return nodes;
}

UnprovenTree tree_by_consistency(std::uint64_t m, std::uint64_t n, const Hash& root_m,
                                 std::span<const Hash> proof) {
  ProofWalk walk(proof, root_m);
  const auto roots = walk.roots(m, {0, n}, true);
  if (!walk.done()) throw Refused("consistency proof: too long");
  if (roots.old_root != root_m) throw Refused("consistency proof: doesn't start from what is held");
  return {roots.new_root, walk.take_right()};
}

Hash root_by_inclusion(std::uint64_t index, std::uint64_t n, const Hash& leaf,
                       std::span<const Hash> proof) {
  if (n == 1) {
    if (!proof.empty()) throw Refused("inclusion proof: too long");
    return leaf;
  }
  if (proof.empty()) throw Refused("inclusion proof: too short");
  const auto k = split(n);
  const Hash beside = proof.back();
  proof = proof.first(proof.size() - 1);
  return index < k ? node_hash(root_by_inclusion(index, k, leaf, proof), beside)
                   : node_hash(beside, root_by_inclusion(index - k, n - k, leaf, proof));
}

}  // namespace zimnik::sync
