// Trees and proofs from the roots of blocks: the same hashes as without, of few leaves.
#include <catch2/catch.hpp>
#include <string>

#include "sync/core/bytes.h"
#include "sync/core/merkle.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

constexpr std::uint64_t kMost = 5 * kBlockLeaves + 3;

/// A log of which every size's tree, and all blocks, were seen as it grew.
struct Grown {
  std::vector<Hash> leaves;
  std::vector<MerkleTree> trees{MerkleTree()};
  Blocks blocks;
  mutable std::uint64_t read = 0;  ///< leaves that were looked at
  const RightNodes nothing;

  Grown() {
    MerkleTree tree;
    for (std::uint64_t i = 0; i < kMost; ++i) {
      leaves.push_back(hash_of(i));
      const auto block = tree.append(leaves.back());
      CHECK(block.has_value() == (tree.size() % kBlockLeaves == 0));
      if (block) blocks.emplace(tree.size() / kBlockLeaves - 1, *block);
      trees.push_back(tree);
    }
  }
  PartialTree plain() const {
    return {kMost, [this](std::uint64_t index) { return leaves.at(index); }, nothing};
  }
  PartialTree with_blocks(std::uint64_t held, const RightNodes& right) const {
    const auto leaf = [this, held](std::uint64_t index) {
      REQUIRE(index < held);
      ++read;
      return leaves.at(index);
    };
    return {held, leaf, right, [this](const Range& range) { return root_of(blocks, range); }};
  }
};

/// Sizes around multiples of a block, and some between.
std::vector<std::uint64_t> sizes() {
  std::vector<std::uint64_t> result{1, 2, 700};
  for (std::uint64_t block = 1; block <= 5; ++block) {
    for (int by : {-2, -1, 0, 1, 2, 333}) {
      const auto size = block * kBlockLeaves + static_cast<std::uint64_t>(by);
      if (size <= kMost) result.push_back(size);
    }
  }
  return result;
}

}  // namespace

TEST_CASE_METHOD(Grown, "the root that an append gives is that of the block's leaves alone") {
  REQUIRE(blocks.size() == 5);
  for (const auto& [number, root] : blocks) {
    MerkleTree tree;
    for (auto i = number * kBlockLeaves; i < (number + 1) * kBlockLeaves; ++i) {
      tree.append(leaves[i]);
    }
    CHECK(tree.root() == root);
  }
}

TEST_CASE_METHOD(Grown, "a range is a block's if it begins and ends where one does") {
  CHECK(root_of(blocks, {0, kBlockLeaves}) == blocks.at(0));
  CHECK(root_of(blocks, {4 * kBlockLeaves, 5 * kBlockLeaves}) == blocks.at(4));
  CHECK_FALSE(root_of(blocks, {5 * kBlockLeaves, 6 * kBlockLeaves}));
  CHECK_FALSE(root_of(blocks, {0, 2 * kBlockLeaves}));
  CHECK_FALSE(root_of(blocks, {1, kBlockLeaves + 1}));
  CHECK_FALSE(root_of(blocks, {0, 1}));
}

TEST_CASE_METHOD(Grown, "a tree from blocks is the one from leaves, and goes on like it") {
  const auto tree = with_blocks(kMost, nothing);
  for (const auto size : sizes()) {
    INFO("size " << size);
    read = 0;
    auto found = tree.first(size);
    CHECK(read == size % kBlockLeaves);
    CHECK(found.size() == size);
    CHECK(found.peaks() == trees[size].peaks());
    if (size == kMost) continue;
    found.append(leaves[size]);
    CHECK(found.root() == trees[size + 1].root());
  }
  CHECK(tree.first(0).root() == MerkleTree().root());
}

TEST_CASE_METHOD(Grown, "a proof from blocks is the one from leaves, of few of them") {
  const auto tree = with_blocks(kMost, nothing), slow = plain();
  for (const auto m : sizes()) {
    for (const auto n : sizes()) {
      if (m > n) continue;
      INFO("from " << m << " to " << n);
      read = 0;
      const auto proof = tree.consistency_proof(m, n);
      CHECK(read < 2 * kBlockLeaves);
      CHECK(proof == slow.consistency_proof(m, n));
      if (m == n) continue;
      const auto claimed = tree_by_consistency(m, n, trees[m].root(), proof);
      CHECK(claimed.root == trees[n].root());
      CHECK(claimed.right == tree.right_nodes(m, n));
    }
  }
}

TEST_CASE_METHOD(Grown, "who holds blocks and a proof's nodes proves any earlier state") {
  for (const auto held : sizes()) {
    if (held == kMost) continue;
    const auto right = plain().right_nodes(held, kMost);
    const auto tree = with_blocks(held, right);
    CHECK(tree.hash({0, kMost}) == trees[kMost].root());
    for (const auto m : sizes()) {
      if (m > held) continue;
      INFO("holds " << held << ", from " << m);
      const auto proof = tree.consistency_proof(m, kMost);
      CHECK(tree_by_consistency(m, kMost, trees[m].root(), proof).root == trees[kMost].root());
    }
  }
}

TEST_CASE_METHOD(Grown, "without the one or the other block its leaves are hashed instead") {
  blocks.erase(1);
  blocks.erase(3);
  const auto tree = with_blocks(kMost, nothing);
  CHECK(tree.first(kMost).root() == trees[kMost].root());
  CHECK(read == 2 * kBlockLeaves + kMost % kBlockLeaves);
}
