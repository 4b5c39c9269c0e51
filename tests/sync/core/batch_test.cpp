#include "sync/core/batch.h"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "sync/core/leaf.h"
#include "sync/core/personal.h"
#include "tests/sync/core/arbitrary.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

std::vector<BatchLeaf> read(const std::string& bytes, const BatchContext& context,
                            const Keyring& keys = {}) {
  BatchReader reader(bytes, context);
  std::vector<BatchLeaf> leaves;
  while (leaves.size() < reader.size()) leaves.push_back(reader.next(over_at, keys));
  return leaves;
}

std::string write(const std::vector<BatchLeaf>& leaves, const BatchContext& context,
                  const Keyring* opener = nullptr) {
  return encode_batch(views_of(leaves), context, place_of, opener, Effort::quick);
}

bool same(const BatchLeaf& left, const BatchLeaf& right) {
  return left.line == right.line && left.format == right.format && left.edit == right.edit &&
         left.raw == right.raw;
}

bool same(const std::vector<BatchLeaf>& left, const std::vector<BatchLeaf>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const BatchLeaf& a, const BatchLeaf& b) { return same(a, b); });
}

BatchLeaf leaf(std::uint32_t line, Transaction edit) {
  return {line, kLeafFormat, std::move(edit), {}};
}

const BatchContext kTwoLines{2, {11, 1}, nullptr};

/// A name in plain text, and the same as it rests.
const Key kPersonKey = key_of({std::int64_t{1}});
Cipher name_at_rest(const std::string& name) {
  const auto key = siv_key(2);
  return encipher(key, id_of(key), {3, kPersonKey, 1, 0}, Text{name});
}
Transaction edit_with(const Cipher& cipher) {
  return edit({row(3, {std::int64_t{1}}, {cell(1, {cipher})})});
}

}  // namespace

TEST_CASE("leaves of several lines read back in their order") {
  const auto leaves = read(realistic_batch(), realistic_context());
  REQUIRE(leaves.size() == 7);
  CHECK(leaves[0].line == 0);
  CHECK(leaves[1].line == 1);
  CHECK(leaves[6].format == 9);
  CHECK(leaves[6].raw == "of a later format");
  CHECK(same(read(write(leaves, realistic_context()), realistic_context()), leaves));
}

TEST_CASE("an empty batch reads back") {
  CHECK(read(write({}, kTwoLines), kTwoLines).empty());
  CHECK(read(write({}, {}), {}).empty());
}

TEST_CASE("any batch reads back") {
  rc::prop("leaves", [] {
    const auto batch = *any_batch();
    RC_ASSERT(same(read(write(batch.leaves, batch.context), batch.context), batch.leaves));
  });
}

TEST_CASE("an overwritten version is named in its own line, in another, or by hash") {
  const Over own{hash_of(10)}, other{hash_of(1007)}, later{hash_of(40)}, unknown{hash_of(5000)};
  std::vector<Over> all{own, other, later, unknown};
  auto transaction = edit({row(1, {}, {cell(1, {}, all), tombstone(2, {own})})});
  const std::vector<BatchLeaf> leaves{leaf(0, transaction), leaf(1, transaction)};
  const auto back = read(write(leaves, kTwoLines), kTwoLines);
  REQUIRE(same(back, leaves));
  for (const auto& over : std::get<Edit>(back[0].edit->body).rows[0].cells[0].over) {
    const auto place = place_of(over);
    CHECK(over.at == (place ? place->line * 1000 + place->seq : 0));
  }
}

TEST_CASE("a place that no version stands at is refused by who looks it up") {
  const std::vector<BatchLeaf> leaves{leaf(0, edit({row(1, {}, {cell(1, {}, {{hash_of(10)}})})}))};
  const auto bytes = write(leaves, kTwoLines);
  // The same distance back from seq 5 leads to seq 4, from seq 1 to 0.
  CHECK(read(bytes, {2, {5, 1}, nullptr}).size() == 1);
  CHECK_THAT(refusal([&] { read(bytes, {2, {1, 1}, nullptr}); }), Contains("no such version"));
}

TEST_CASE("sealed leaves pass as they are") {
  const LeafPlace place{log_of(1, Stream::school), 1, {}};
  const auto whole = encode_leaf(place, edit({row(1, {}, {cell(1, {})})}), some_keys());
  std::string_view rest;
  read_leaf_header(whole, rest);
  const std::vector<BatchLeaf> leaves{{1, kLeafFormat, std::nullopt, std::string(rest)},
                                      {1, kLeafFormat, std::nullopt, std::string(rest)}};
  CHECK(same(read(write(leaves, kTwoLines), kTwoLines), leaves));
}

TEST_CASE("a personal value is opened on the way and enciphered again to the same bytes") {
  const std::vector<BatchLeaf> leaves{leaf(0, edit_with(name_at_rest("Анна")))};
  const auto keys = some_keys();
  const auto opened = write(leaves, kTwoLines, &keys);
  CHECK(opened.find("Анна") != std::string::npos);
  CHECK(same(read(opened, kTwoLines, keys), leaves));
  const auto closed = write(leaves, kTwoLines);
  CHECK(closed.find("Анна") == std::string::npos);
  CHECK(same(read(closed, kTwoLines), leaves));
}

TEST_CASE("an opened value whose key isn't at hand is refused") {
  const auto keys = some_keys();
  const auto opened = write({leaf(0, edit_with(name_at_rest("Анна")))}, kTwoLines, &keys);
  CHECK_THAT(refusal([&] { read(opened, kTwoLines); }),
             Contains("whose key " + id_of(siv_key(2)).hex() + " isn't at hand"));
}

TEST_CASE("a personal value stays closed where opening would lose its bytes") {
  const auto keys = some_keys();
  auto of_another_place = name_at_rest("Анна");
  of_another_place.bytes =
      encipher(siv_key(2), of_another_place.key, {4, kPersonKey, 1, 0}, Text{"Анна"}).bytes;
  const Cipher nothing_known{id_of(siv_key(77)), "bytes"};
  const Cipher nonsense{id_of(siv_key(2)), "bytes"};
  const Cipher empty{id_of(siv_key(2)), ""};
  const Cipher only_a_tag{id_of(siv_key(2)), std::string(16, 'x')};
  for (const auto& cipher : {of_another_place, nothing_known, nonsense, empty, only_a_tag}) {
    const std::vector<BatchLeaf> leaves{leaf(0, edit_with(cipher))};
    CHECK(same(read(write(leaves, kTwoLines, &keys), kTwoLines), leaves));
  }
}

TEST_CASE("values under several keys, closed and open ones, share a column") {
  const auto keys = some_keys();
  std::vector<BatchLeaf> leaves;
  for (std::uint64_t i = 0; i < 9; ++i) {
    const auto key = siv_key(2 + i % 3);  // the third isn't in the keyring
    leaves.push_back(leaf(0, edit_with(encipher(key, id_of(key), {3, kPersonKey, 1, 0},
                                                static_cast<std::int64_t>(i % 2)))));
  }
  leaves.push_back(leaf(0, edit({row(3, {std::int64_t{1}}, {cell(1, {Null{}})})})));
  CHECK(same(read(write(leaves, kTwoLines, &keys), kTwoLines, keys), leaves));
}

TEST_CASE("tombstones and emptied cells read back") {
  const std::vector<BatchLeaf> leaves{
      leaf(0, edit({row(1, {Text{"a"}}, {tombstone(1), tombstone(2), {5, Op::empty, {}, {}}}),
                    row(2, {}, {tombstone(9, {{hash_of(3)}})})}))};
  CHECK(same(read(write(leaves, kTwoLines), kTwoLines), leaves));
}

TEST_CASE("a cell without values stays told apart from an emptied one") {
  const std::vector<BatchLeaf> leaves{
      leaf(0, edit({row(1, {}, {cell(1, {}), {2, Op::empty, {}, {}}})}))};
  CHECK(same(read(write(leaves, kTwoLines), kTwoLines), leaves));
}

TEST_CASE("many rows by many authors read back, in a fraction of their leaves' bytes") {
  std::vector<BatchLeaf> leaves;
  std::size_t bytes_of_leaves = 0;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    auto transaction = edit({row(1, {std::int64_t{i % 30}, std::int64_t{i / 30}},
                                 {cell(1, {std::int64_t{i % 4 + 2}, Null{}})})});
    transaction.origin.author = "author " + std::to_string(i % 40);
    transaction.time.ms += i * 4001 + i % 7;
    transaction.entry = {i % 40 * 0x123456789u, i / 40};
    bytes_of_leaves += encode_leaf({log_of(1), 11, hash_of(1)}, transaction, {}).size();
    leaves.push_back(leaf(0, transaction));
  }
  const auto bytes = encode_batch(views_of(leaves), kTwoLines, place_of, nullptr, Effort::thorough);
  CHECK(bytes.size() * 8 < bytes_of_leaves);
  CHECK(same(read(bytes, kTwoLines), leaves));
}

TEST_CASE("the largest leaf there can be reads back from a batch") {
  std::vector<RowWrite> rows;
  for (std::int64_t i = 0; i < 2048; ++i) rows.push_back(row(1, {i}, {tombstone(1)}));
  const std::vector<BatchLeaf> leaves{leaf(0, edit(rows))};
  CHECK(same(read(write(leaves, kTwoLines), kTwoLines), leaves));
}

TEST_CASE("a batch that no reader would take isn't written") {
  std::vector<RowWrite> rows;
  for (std::int64_t i = 0; i < 2048; ++i) rows.push_back(row(1, {i}, {tombstone(1)}));
  std::vector<BatchLeaf> leaves(128, leaf(0, edit(rows)));
  CHECK(BatchReader(write(leaves, kTwoLines), kTwoLines).size() == 128);
  leaves.push_back(leaf(0, edit({row(1, {}, {tombstone(1)})})));
  CHECK_THROWS_AS(write(leaves, kTwoLines), std::length_error);
}
