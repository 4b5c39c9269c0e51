#include "sync/core/leaf.h"

#include <rapidcheck/catch.h>
#include <algorithm>
#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/core/arbitrary.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

const LeafPlace kPlace{log_of(1), 3, hash_of(2)};
const LeafPlace kSealedPlace{log_of(1, Stream::school), 3, hash_of(2)};

std::string content_of(const Transaction& transaction) {
  std::string content;
  write_content(content, transaction);
  return content;
}

/// An edit whose leaf has exactly this many bytes, or as near as a varint's step allows.
Transaction edit_of_size(std::size_t size) {
  const auto with = [](std::size_t text) {
    return edit({row(1, {std::int64_t{1}}, {cell(1, {Text{std::string(text, 'x')}})})});
  };
  const auto rest = encode_leaf(kPlace, with(limits::kLeafBytes / 2), {}).size();
  return with(limits::kLeafBytes / 2 + size - rest);
}

}  // namespace

TEST_CASE("a leaf of every kind reads back") {
  for (const auto& transaction : all_kinds_of_transactions()) {
    const auto leaf = encode_leaf(kPlace, transaction, {});
    const auto read = read_leaf(leaf, {});
    REQUIRE(read.has_value());
    CHECK(*read == transaction);
    CHECK(encode_leaf(kPlace, *read, {}) == leaf);
  }
  rc::prop("any leaf", [] {
    const auto transaction = *any_transaction();
    const auto leaf = encode_leaf(kPlace, transaction, {});
    RC_ASSERT(read_leaf(leaf, {}) == transaction);
  });
}

TEST_CASE("a leaf's header says where it stands") {
  const auto leaf = encode_leaf(kPlace, edit({row(1, {}, {cell(1, {})})}), {});
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  CHECK(header.format == kLeafFormat);
  CHECK(header.place == kPlace);
  CHECK(leaf.size() - rest.size() == 1 + 1 + 16 + 1 + 32);
  CHECK(read_content(rest) == read_leaf(leaf, {}));
}

TEST_CASE("a leaf's name is SHA-256 of a zero byte and the leaf") {
  CHECK(leaf_hash("").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(leaf_hash("leaf") == sha256({std::string("\0leaf", 5)}));
}

TEST_CASE("a sealed leaf reads back under the school's key, and shows nothing without it") {
  const auto transaction = edit({row(1, {Text{"hidden"}}, {cell(1, {Text{"secret"}})})});
  const auto leaf = encode_leaf(kSealedPlace, transaction, some_keys());
  CHECK(leaf.find("secret") == std::string::npos);
  CHECK(leaf.find("hidden") == std::string::npos);
  CHECK(leaf.find("anna") == std::string::npos);
  CHECK(read_leaf(leaf, some_keys()) == transaction);
  CHECK_FALSE(read_leaf(leaf, {}).has_value());
  std::string_view rest;
  CHECK(read_leaf_header(leaf, rest).place == kSealedPlace);
}

TEST_CASE("a sealed leaf is the same bytes each time") {
  const auto transaction = edit({row(1, {}, {cell(1, {})})});
  CHECK(encode_leaf(kSealedPlace, transaction, some_keys()) ==
        encode_leaf(kSealedPlace, transaction, some_keys()));
}

TEST_CASE("sealed content that is moved to another place opens to nothing") {
  const auto transaction = edit({row(1, {}, {cell(1, {})})});
  const auto leaf = encode_leaf(kSealedPlace, transaction, some_keys());
  std::string_view sealed;
  read_leaf_header(leaf, sealed);
  auto elsewhere = kSealedPlace;
  elsewhere.seq = 4;
  std::string moved;
  write_leaf_header(moved, {kLeafFormat, elsewhere});
  CHECK(refusal([&] { open_content(some_keys(), moved, sealed); }) ==
        "sealed leaf, byte " + std::to_string(sealed.size()) +
            ": seal: wasn't made with this key for this leaf");
  moved += sealed;
  CHECK_FALSE(read_leaf(moved, some_keys()).has_value());
}

TEST_CASE("every truncation and every bit flip of a sealed leaf's content is noticed") {
  const auto leaf = encode_leaf(kSealedPlace, edit({row(1, {}, {cell(1, {})})}), some_keys());
  for (std::size_t size = 0; size < leaf.size(); ++size) {
    CHECK_FALSE(read_leaf(leaf.substr(0, size), some_keys()).has_value());
  }
  for (std::size_t bit = 0; bit < leaf.size() * 8; ++bit) {
    auto damaged = leaf;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(read_leaf(damaged, some_keys()).has_value());
  }
}

TEST_CASE("acts and successions count in the shared stream alone") {
  for (const auto& transaction : all_kinds_of_transactions()) {
    const bool is_edit = std::holds_alternative<Edit>(transaction.body);
    const auto leaf = encode_leaf(kSealedPlace, transaction, some_keys());
    CHECK(read_leaf(leaf, some_keys()).has_value() == is_edit);
  }
}

TEST_CASE("a leaf of the school stream can't be written without the school's key") {
  CHECK_THROWS_AS(encode_leaf(kSealedPlace, edit({row(1, {}, {cell(1, {})})}), {}),
                  std::logic_error);
}

TEST_CASE("a leaf of a later format has a readable header and no content") {
  std::string leaf;
  write_leaf_header(leaf, {2, kPlace});
  leaf += "whatever comes";
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  CHECK(header.format == 2);
  CHECK(header.place == kPlace);
  CHECK(rest == "whatever comes");
  CHECK_FALSE(read_leaf(leaf, some_keys()).has_value());
}

TEST_CASE("a leaf of 32 KiB reads back, one of a byte more is neither written nor read") {
  const auto full = encode_leaf(kPlace, edit_of_size(limits::kLeafBytes), {});
  REQUIRE(full.size() == limits::kLeafBytes);
  CHECK(read_leaf(full, {}).has_value());
  CHECK_THROWS_AS(encode_leaf(kPlace, edit_of_size(limits::kLeafBytes + 1), {}), std::length_error);
  std::string over;
  write_leaf_header(over, {kLeafFormat, kPlace});
  over += content_of(edit_of_size(limits::kLeafBytes + 1));
  REQUIRE(over.size() == limits::kLeafBytes + 1);
  std::string_view rest;
  CHECK(refusal([&] { read_leaf_header(over, rest); }) == "leaf, byte 0: length: over the bound");
  CHECK_FALSE(read_leaf(over, {}).has_value());
}

TEST_CASE("an act fits a leaf whatever its author's replica holds, and however it is reasoned") {
  auto transaction =
      act(VoidAccount{std::string(limits::kNameBytes, 'a'), {INT64_MIN}, Time{INT64_MAX}});
  transaction.origin = {std::string(limits::kNameBytes, 'a'), std::string(limits::kNameBytes, 'b'),
                        UINT16_MAX, std::string(limits::kNameBytes, 'c')};
  auto& body = std::get<Act>(transaction.body);
  body.reason = std::string(limits::kReasonBytes, 'r');
  body.frontier.clear();
  for (std::uint64_t i = 0; i < limits::kTips; ++i) {
    body.frontier.push_back({log_of(i), limits::kSeq, hash_of(i)});
  }
  std::sort(body.frontier.begin(), body.frontier.end());
  const auto leaf = encode_leaf({log_of(1), limits::kSeq, hash_of(1)}, transaction, {});
  CHECK(read_leaf(leaf, {}) == transaction);
}

TEST_CASE("the most rows, cells and over that fit in a leaf read back") {
  std::vector<RowWrite> rows;
  for (std::int64_t i = 0; i < 2048; ++i) rows.push_back(row(1, {i}, {tombstone(1)}));
  std::vector<CellWrite> cells;
  for (std::uint32_t i = 1; i <= limits::kCellsInRow; ++i) cells.push_back(cell(i, {}));
  std::vector<Over> over(limits::kOverInCell);
  for (std::size_t i = 0; i < over.size(); ++i) over[i].leaf = hash_of(i);
  for (auto transaction :
       {edit(rows), edit({row(1, {}, cells)}),
        edit({row(1, {}, {cell(1, std::vector<Value>(limits::kGroupColumns), over)})})}) {
    const auto leaf = encode_leaf(kPlace, transaction, {});
    CHECK(read_leaf(leaf, {}) == transaction);
  }
}

TEST_CASE("sorting puts rows, cells and over in the order that a leaf has") {
  Transaction transaction;
  transaction.body =
      Edit{{row(2, {}, {cell(1, {})}),
            row(1, {std::int64_t{2}}, {cell(2, {}), cell(1, {}, {{hash_of(1)}, {hash_of(2)}})}),
            row(1, {std::int64_t{1}}, {cell(1, {}, {{hash_of(2)}, {hash_of(1)}})})}};
  CHECK_THROWS_AS(check_order(std::get<Edit>(transaction.body)), Refused);
  sort(transaction);
  CHECK_NOTHROW(check_order(std::get<Edit>(transaction.body)));
  CHECK(read_content(content_of(transaction)) == transaction);
}
