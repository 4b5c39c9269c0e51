#include "sync/core/merkle.h"

#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/core/leaf.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

/// The leaves, roots and proofs that implementations of Certificate Transparency share.
const char* const kKnownLeaves[] = {"",
                                    "00",
                                    "10",
                                    "2021",
                                    "3031",
                                    "40414243",
                                    "5051525354555657",
                                    "606162636465666768696a6b6c6d6e6f"};
const char* const kKnownRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

struct KnownProof {
  std::uint64_t m, n;
  std::vector<const char*> hashes;
};
const KnownProof kKnownProofs[] = {
    {1,
     8,
     {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
    {6,
     8,
     {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
    {2,
     5,
     {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
};

/// Audit paths of leaves counted from 0.
const KnownProof kKnownPaths[] = {
    {0,
     8,
     {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
    {5,
     8,
     {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
    {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
    {1,
     5,
     {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
};

constexpr std::uint64_t kMost = 70;

Hash some_leaf(std::uint64_t index) { return hash_of(index); }
Hash known_leaf(std::uint64_t index) { return leaf_hash(unhex(kKnownLeaves[index])); }

std::vector<Hash> roots(std::uint64_t most, Hash (*leaf)(std::uint64_t)) {
  MerkleTree tree;
  std::vector<Hash> result{tree.root()};
  for (std::uint64_t i = 0; i < most; ++i) {
    tree.append(leaf(i));
    result.push_back(tree.root());
  }
  return result;
}

std::vector<Hash> proof_of(std::uint64_t m, std::uint64_t n, Hash (*leaf)(std::uint64_t)) {
  static const RightNodes kNothing;
  return PartialTree(n, leaf, kNothing).consistency_proof(m, n);
}

}  // namespace

TEST_CASE("the roots of the known trees are those of RFC 6962 and 9162") {
  const auto found = roots(8, known_leaf);
  for (std::size_t size = 0; size <= 8; ++size) CHECK(found[size].hex() == kKnownRoots[size]);
}

TEST_CASE("the proofs of the known trees are those of RFC 6962 and 9162") {
  for (const auto& known : kKnownProofs) {
    const auto proof = proof_of(known.m, known.n, known_leaf);
    REQUIRE(proof.size() == known.hashes.size());
    for (std::size_t i = 0; i < proof.size(); ++i) CHECK(proof[i].hex() == known.hashes[i]);
  }
  CHECK(proof_of(8, 8, known_leaf).empty());
}

TEST_CASE("a tree goes on from its peaks") {
  const auto expected = roots(kMost, some_leaf);
  for (std::uint64_t size = 0; size < kMost; ++size) {
    MerkleTree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(some_leaf(i));
    MerkleTree again(tree.size(), tree.peaks());
    again.append(some_leaf(size));
    CHECK(again.root() == expected[size + 1]);
  }
}

TEST_CASE("a tree isn't made of more or fewer peaks than its size has one-bits") {
  CHECK_THROWS_AS(MerkleTree(3, {hash_of(1)}), std::logic_error);
  CHECK_THROWS_AS(MerkleTree(0, {hash_of(1)}), std::logic_error);
}

TEST_CASE("every proof leads from the old root to the new one") {
  const auto expected = roots(kMost, some_leaf);
  for (std::uint64_t n = 2; n <= kMost; ++n) {
    for (std::uint64_t m = 1; m < n; ++m) {
      CHECK(tree_by_consistency(m, n, expected[m], proof_of(m, n, some_leaf)).root == expected[n]);
    }
  }
}

TEST_CASE("an altered proof is refused, or leads to another root that nobody signed") {
  const auto expected = roots(20, some_leaf);
  const auto fails = [&](std::uint64_t m, std::uint64_t n, const std::vector<Hash>& proof) {
    bool other = false;
    const auto refused =
        refusal([&] { other = tree_by_consistency(m, n, expected[m], proof).root != expected[n]; });
    return other || !refused.empty();
  };
  for (std::uint64_t n = 2; n <= 20; ++n) {
    for (std::uint64_t m = 1; m < n; ++m) {
      const auto proof = proof_of(m, n, some_leaf);
      REQUIRE_FALSE(fails(m, n, proof));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        auto altered = proof;
        altered[i].bytes[i % 32] ^= 1;
        CHECK(fails(m, n, altered));
        if (i > 0) {
          altered = proof;
          std::swap(altered[i - 1], altered[i]);
          CHECK(fails(m, n, altered));
        }
      }
      if (m + 1 < n) CHECK(fails(m + 1, n, proof));
    }
  }
}

TEST_CASE("a proof that is too short or too long is refused") {
  const auto expected = roots(7, some_leaf);
  const auto proof = proof_of(3, 7, some_leaf);
  auto cut = proof;
  cut.pop_back();
  CHECK_THAT(refusal([&] { tree_by_consistency(3, 7, expected[3], cut); }),
             Contains("consistency proof: too short"));
  auto longer = proof;
  longer.insert(longer.begin(), hash_of(1));
  CHECK_THAT(refusal([&] { tree_by_consistency(3, 7, expected[3], longer); }),
             Contains("consistency proof: "));
}

TEST_CASE("a proof from another root than the one held is refused") {
  const auto proof = proof_of(3, 7, some_leaf);
  CHECK_THAT(refusal([&] { tree_by_consistency(3, 7, hash_of(99), proof); }),
             Contains("doesn't start from what is held"));
}

TEST_CASE("a hostile size makes no deep walk") {
  CHECK_THAT(refusal([&] { tree_by_consistency(1, std::uint64_t{1} << 40, hash_of(1), {}); }),
             Contains("too short"));
}

TEST_CASE("who holds m leaves and the proof's nodes can prove any earlier state up to n") {
  const auto expected = roots(kMost, some_leaf);
  for (std::uint64_t n = 2; n <= kMost; n += n < 36 ? 1 : 17) {
    for (std::uint64_t m = 1; m < n; ++m) {
      const auto right = tree_by_consistency(m, n, expected[m], proof_of(m, n, some_leaf)).right;
      const auto leaf = [&](std::uint64_t index) {
        REQUIRE(index < m);
        return some_leaf(index);
      };
      const PartialTree tree(m, leaf, right);
      for (std::uint64_t earlier = 1; earlier <= m; ++earlier) {
        const auto proof = tree.consistency_proof(earlier, n);
        CHECK(proof == proof_of(earlier, n, some_leaf));
        const auto of_receiver = tree_by_consistency(earlier, n, expected[earlier], proof);
        CHECK(of_receiver.root == expected[n]);
        CHECK(of_receiver.right == tree.right_nodes(earlier, n));
      }
    }
  }
}

TEST_CASE("who got a proof over several hops can still pass it on") {
  // 10 leaves of 33 were relayed by one who held 20 of them.
  const auto expected = roots(33, some_leaf);
  const auto first = tree_by_consistency(20, 33, expected[20], proof_of(20, 33, some_leaf)).right;
  const auto relayed = PartialTree(20, some_leaf, first).consistency_proof(10, 33);
  const auto second = tree_by_consistency(10, 33, expected[10], relayed).right;
  const auto again = PartialTree(10, some_leaf, second).consistency_proof(7, 33);
  CHECK(tree_by_consistency(7, 33, expected[7], again).root == expected[33]);
}

TEST_CASE("a node that isn't at hand is an error of who asks") {
  const RightNodes nothing;
  CHECK_THROWS_AS(PartialTree(5, some_leaf, nothing).consistency_proof(3, 8), std::logic_error);
}

TEST_CASE("audit paths are those of Certificate Transparency") {
  const RightNodes none;
  const PartialTree tree(8, known_leaf, none);
  for (const auto& known : kKnownPaths) {
    const auto path = tree.inclusion_proof(known.m, known.n);
    REQUIRE(path.size() == known.hashes.size());
    for (std::size_t i = 0; i < path.size(); ++i) CHECK(path[i].hex() == known.hashes[i]);
    CHECK(root_by_inclusion(known.m, known.n, known_leaf(known.m), path).hex() ==
          kKnownRoots[known.n]);
  }
}

TEST_CASE("every leaf's audit path leads to the root, from no other place and from no other leaf") {
  const RightNodes none;
  const PartialTree tree(kMost, some_leaf, none);
  for (std::uint64_t n = 1; n <= kMost; ++n) {
    const auto root = tree.hash({0, n});
    for (std::uint64_t at = 0; at < n; ++at) {
      const auto path = tree.inclusion_proof(at, n);
      CHECK(root_by_inclusion(at, n, some_leaf(at), path) == root);
      CHECK(root_by_inclusion(at, n, some_leaf(at + 1), path) != root);
      auto longer = path;
      longer.push_back(root);
      CHECK_THROWS_WITH(root_by_inclusion(at, n, some_leaf(at), longer), Contains("too long"));
      if (path.empty()) continue;
      const std::span<const Hash> shorter(path.data(), path.size() - 1);
      CHECK_THROWS_WITH(root_by_inclusion(at, n, some_leaf(at), shorter), Contains("too short"));
    }
  }
}

TEST_CASE("an audit path leads to a root beyond what is held, by the nodes to the right") {
  const RightNodes none;
  const PartialTree whole(kMost, some_leaf, none);
  for (const std::uint64_t held : {1, 2, 7, 64, 65}) {
    const auto right = whole.right_nodes(held, kMost);
    const PartialTree part(held, some_leaf, right);
    for (std::uint64_t at = 0; at < held; ++at) {
      CHECK(part.inclusion_proof(at, kMost) == whole.inclusion_proof(at, kMost));
    }
  }
}
