#include "sync/core/proof.h"

#include <catch2/catch.hpp>
#include <functional>

#include "sync/core/limits.h"
#include "sync/core/personal.h"
#include "tests/sync/core/proof_world.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;
using Open = CheckedEntry::Opened;

namespace {

struct Marks : ProofWorld {
  Marks() { write(std::int64_t{5}, std::int64_t{4}); }
};

/// The values of the row's only cell.
std::vector<Value> values_of(const CheckedEntry& entry) {
  return std::get<Edit>(entry.content->body).rows.at(0).cells.at(0).values;
}

std::string first_fault(const CheckedProof& checked) {
  return checked.faults.empty() ? "" : checked.faults.front();
}

/// A leaf under the school's key, one with a personal value under a person's.
struct Sealed : ProofWorld {
  Sealed() {
    stream = Stream::school;
    write(Text{"a secret"}, Text{"another"});
  }
};
struct Personal : ProofWorld {
  Personal() {
    const auto id = *keys.key_of(std::int64_t{1});
    const ValuePlace place{7, key, 1, 0};
    write(encipher(*keys.find(id), id, place, Text{"Ivanov"}), std::int64_t{0});
  }
};

std::string stated_of(const ProofWorld& world, std::size_t index) {
  auto content = only_row(*read_leaf(world.leaves.at(index), world.keys), 7, world.key);
  open_values(*content, world.keys);
  std::string stated;
  write_content(stated, *content);
  return stated;
}

}  // namespace

TEST_CASE_METHOD(Marks, "a proof shows who wrote what to the row, and when the hub had it") {
  const auto checked = check(decode_proof(encode_proof(proof())));
  CHECK(checked.faults.empty());
  REQUIRE(checked.entries.size() == 2);
  const auto& first = checked.entries[0];
  CHECK(first.place == LeafPlace{log(), 2, names[0]});
  CHECK(first.name == names[1]);
  CHECK(first.kind == SiteKind::node);
  CHECK(first.opened == Open::clear);
  CHECK(values_of(first) == std::vector<Value>{std::int64_t{5}});
  CHECK(first.content->origin == edit({}).origin);
  REQUIRE(first.receipt.has_value());
  CHECK(first.receipt->size == 4);
  CHECK(first.receipt->time.ms == 1'700'000'000'004);
  CHECK(first.head_time.ms == 1'700'000'000'005);
  const auto& cell = std::get<Edit>(checked.entries[1].content->body).rows.at(0).cells.at(0);
  CHECK(cell.over == std::vector<Over>{{names[1]}});
}

TEST_CASE_METHOD(Marks, "a proof shows nothing of the leaf's other rows but that they are in it") {
  const auto checked = check(proof());
  CHECK(std::get<Edit>(checked.entries.at(0).content->body).rows.size() == 1);
}

TEST_CASE_METHOD(Marks, "a proof reads back as the same, in one form") {
  auto whole = proof();
  whole.keys = {siv_key(1)};
  whole.entries[0].stated = stated_of(*this, 1);
  whole.entries[1].hub.reset();
  whole.entries[1].receipt = {};
  whole.vouchers = {proven(2)};
  CHECK(decode_proof(encode_proof(whole)) == whole);
}

TEST_CASE_METHOD(Marks, "every bit flip of a proof's file is refused") {
  auto one = proof();
  one.entries.pop_back();
  const auto text = encode_proof(one);
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    auto damaged = text;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    CHECK_FALSE(refusal([&] { decode_proof(damaged); }).empty());
  }
}

TEST_CASE_METHOD(Marks, "a file that can be read in two ways is refused") {
  const auto text = encode_proof(proof());
  const auto twice = [&](const std::string& member) {
    auto changed = text;
    changed.insert(changed.find("\"" + member + "\""), "\"" + member + "\": 1, ");
    return refusal([&] { decode_proof(changed); });
  };
  CHECK_THAT(twice("school"), Contains("\"school\" is there twice"));
  CHECK_THAT(twice("size"), Contains("\"size\" is there twice"));
  CHECK_THAT(refusal([&] { decode_proof(text + std::string("\0more", 5)); }), Contains("no text"));
}

TEST_CASE_METHOD(Marks, "an entry that is in a proof twice is counted once, and named") {
  auto doubled = proof();
  doubled.entries.push_back(doubled.entries[0]);
  const auto checked = check(doubled);
  CHECK(checked.entries.size() == 2);
  REQUIRE(checked.faults.size() == 1);
  CHECK_THAT(checked.faults[0], Contains("twice"));
}

TEST_CASE_METHOD(Marks, "every truncation of a proof's file is refused") {
  const auto text = encode_proof(proof());
  for (std::size_t size = 0; size + 1 < text.size(); size += 7) {
    CHECK_THAT(refusal([&] { decode_proof(text.substr(0, size)); }), Contains("proof"));
  }
}

TEST_CASE_METHOD(Marks,
                 "a change to any part of a proof is named, though its checksum was made anew") {
  const auto changes = std::vector<std::function<void(Proof&)>>{
      [](Proof& it) { it.school.bytes[0] ^= 1; },
      [](Proof& it) { it.table = 8; },
      [](Proof& it) { it.key = key_of({std::int64_t{1003}}); },
      [](Proof& it) { it.sites[0].keys.signing.bytes[3] ^= 1; },
      [](Proof& it) { it.sites[0].kind = SiteKind::hub; },
      [](Proof& it) { it.sites[1].kind = SiteKind::node; },
      [](Proof& it) { it.sites[0].signature.bytes[0] ^= 1; },
      [](Proof& it) { it.sites.pop_back(); },
      [](Proof& it) { it.entries[0].leaf.back() ^= 1; },
      [](Proof& it) { it.entries[0].leaf[18] ^= 4; },
      [](Proof& it) { it.entries[0].leaf = it.entries[1].leaf; },
      [](Proof& it) { it.entries[0].head.size += 1; },
      [](Proof& it) { it.entries[0].head.size = 1; },
      [](Proof& it) { it.entries[0].head.time.ms += 1; },
      [](Proof& it) { it.entries[0].head.signature.bytes[0] ^= 1; },
      [](Proof& it) { it.entries[0].head.path[0].bytes[0] ^= 1; },
      [](Proof& it) { it.entries[0].head.path.pop_back(); },
      [](Proof& it) { it.entries[0].head.path.push_back({}); },
      [](Proof& it) { it.entries[0].hub->bytes[0] ^= 1; },
      [](Proof& it) { it.entries[0].receipt.size = 3; },
      [](Proof& it) { it.entries[0].receipt.time.ms -= 1; },
      [](Proof& it) { it.entries[0].receipt.signature.bytes[9] ^= 1; },
      [](Proof& it) { it.entries[0].receipt.path[1].bytes[0] ^= 1; },
      [](Proof& it) { it.entries[0].receipt = it.entries[0].head; },
      [](Proof& it) { it.entries[0].stated = "nonsense"; },
      [](Proof& it) { it.entries.clear(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    auto forged = proof();
    changes[i](forged);
    INFO("change " << i);
    CHECK_FALSE(check(decode_proof(encode_proof(forged))).faults.empty());
  }
}

TEST_CASE_METHOD(Marks, "another region's authority proves nothing") {
  const auto checked = check_proof(proof(), signing_key(77).public_key());
  CHECK(checked.entries.empty());
  CHECK_THAT(first_fault(checked), Contains("isn't signed by this authority"));
}

TEST_CASE_METHOD(Marks, "where nobody has countersigned there is no receipt, and no fault") {
  auto without = proof();
  without.entries[0].hub.reset();
  without.entries[0].receipt = {};
  const auto checked = check(without);
  CHECK(checked.faults.empty());
  CHECK_FALSE(checked.entries.at(0).receipt.has_value());
}

TEST_CASE_METHOD(Marks,
                 "a site that isn't certified stands by the leaf of one that vouches for it") {
  // The certified site's own log, with a succession as its second leaf.
  ProofWorld old;
  old.site = signing_key(93);
  old.add(edit({row(7, {std::int64_t{1}}, {cell(1, {Null{}})})}));
  Succession succession{{site.public_key(), {}}, SiteKind::node};
  auto transaction = edit({});
  transaction.body = succession;
  old.add(transaction);
  auto vouched = proof();
  vouched.sites = {record(old.site, SiteKind::laptop), record(hub, SiteKind::hub)};
  vouched.vouchers = {{old.leaves[1], old.path(1, 2, false), {}, {}, {}}};
  const auto checked = check(vouched);
  CHECK(first_fault(checked).empty());
  REQUIRE(checked.entries.size() == 2);
  CHECK(checked.entries[0].kind == SiteKind::laptop);

  vouched.sites.erase(vouched.sites.begin());
  CHECK_THAT(first_fault(check(vouched)), Contains("nobody certified vouches for its site"));
  vouched = proof();
  vouched.vouchers = {proven(2)};
  CHECK_THAT(first_fault(check(vouched)), Contains("vouches for nobody"));
}

TEST_CASE_METHOD(Sealed, "what lies under a key isn't shown, is stated, or is proven by the key") {
  auto it = proof();
  auto checked = check(it);
  CHECK(checked.faults.empty());
  CHECK(checked.entries.at(0).opened == Open::none);
  CHECK_FALSE(checked.entries[0].content.has_value());

  it.entries[0].stated = stated_of(*this, 1);
  checked = check(it);
  CHECK(checked.faults.empty());
  CHECK(checked.entries.at(0).opened == Open::stated);
  CHECK(values_of(checked.entries[0]) == std::vector<Value>{Text{"a secret"}});

  it.keys = {*keys.find(*keys.school_key())};
  checked = check(it);
  CHECK(checked.faults.empty());
  CHECK(checked.entries.at(0).opened == Open::by_key);
  CHECK(values_of(checked.entries.at(1)) == std::vector<Value>{Text{"another"}});
  it.entries[0].stated = stated_of(*this, 3);
  CHECK_THAT(first_fault(check(it)), Contains("isn't what the leaf holds"));
}

TEST_CASE_METHOD(Personal, "a personal value isn't shown, is stated, or is proven by its key") {
  auto it = proof();
  CHECK(check(it).entries.at(0).opened == Open::none);
  it.entries[0].stated = stated_of(*this, 1);
  auto checked = check(it);
  CHECK(checked.entries.at(0).opened == Open::stated);
  CHECK(checked.entries.at(1).opened == Open::clear);
  CHECK(values_of(checked.entries[0]) == std::vector<Value>{Text{"Ivanov"}});

  it.keys = {*keys.find(*keys.key_of(std::int64_t{1}))};
  checked = check(it);
  CHECK(checked.entries.at(0).opened == Open::by_key);
  CHECK(values_of(checked.entries[0]) == std::vector<Value>{Text{"Ivanov"}});

  auto lie = read_content(it.entries[0].stated);
  std::get<Edit>(lie.body).rows[0].cells[0].values = {Text{"Petrov"}};
  it.entries[0].stated.clear();
  write_content(it.entries[0].stated, lie);
  CHECK_THAT(first_fault(check(it)), Contains("isn't what the leaf holds"));
  it.keys.clear();
  CHECK(check(it).entries.at(0).opened == Open::stated);
  lie.origin.author = "somebody else";
  it.entries[0].stated.clear();
  write_content(it.entries[0].stated, lie);
  CHECK_THAT(first_fault(check(it)), Contains("isn't what the leaf holds"));
}

TEST_CASE_METHOD(Sealed, "a statement about other rows too is refused") {
  auto it = proof();
  const auto whole = read_leaf(leaves[1], keys);
  write_content(it.entries[0].stated, *whole);
  CHECK_THAT(first_fault(check(it)), Contains("isn't of this row alone"));
}

TEST_CASE_METHOD(Marks, "a file that isn't a proof is refused, whatever it is") {
  const auto refused = [](const std::string& text) { return refusal([&] { decode_proof(text); }); };
  CHECK_THAT(refused(""), Contains("not JSON"));
  CHECK_THAT(refused("[]"), Contains("not a proof"));
  CHECK_THAT(refused("{}"), Contains("\"zimnik\" is missing"));
  CHECK_THAT(refused(R"({"zimnik":"proof 2"})"), Contains("isn't known here"));
  CHECK_THAT(refused(R"({"zimnik":"proof 1","school":5})"), Contains("\"school\""));
  CHECK_THAT(refused(std::string(100'000, '[')), Contains("nested too deep"));
  CHECK_THAT(refused(std::string(limits::kProofBytes + 1, ' ')), Contains("over the bound"));
  auto more = proof();
  more.entries.assign(limits::kProofLeaves + 1, {});
  CHECK_THAT(refused(encode_proof(more)), Contains("\"entries\" isn't a list of at most 1024"));
  auto text = encode_proof(proof());
  text.replace(text.find("\"zimnik\""), 8, "\"more\":1, \"zimnik\"");
  CHECK_THAT(refused(text), Contains("members that no proof has"));
}
