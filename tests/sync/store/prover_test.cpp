// Proofs of what a replica holds, checked with the authority's key alone.
#include "sync/store/prover.h"

#include <catch2/catch.hpp>

#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Open = CheckedEntry::Opened;

namespace {

CheckedProof checked(const RowProof& row) {
  return check_proof(decode_proof(encode_proof(row.proof)), site_key("authority").public_key());
}

RowProof proof_of(Node& node, const char* table, const Key& key, bool with_keys = false,
                  const char* group = "") {
  node->sign_heads(node.now);
  return node->prove(table, key, group, with_keys);
}

void check_holds(const CheckedProof& it) {
  for (const auto& fault : it.faults) FAIL_CHECK(fault);
}

}  // namespace

TEST_CASE("a row's whole history is proven, by whomever it was written") {
  TwoNodes nodes;
  nodes.b.save("UPDATE mark SET value = 4", {"bob", 50});
  exchange(nodes.a, nodes.b);
  nodes.a.save("UPDATE mark SET note = 'seen'");
  for (Node* node : {&nodes.a, &nodes.b}) {
    exchange(nodes.a, nodes.b);
    const auto row = proof_of(*node, "mark", mark_key());
    CHECK(row.unproven.empty());
    const auto it = checked(row);
    check_holds(it);
    REQUIRE(it.entries.size() == 3);
    CHECK(it.entries[0].content->origin.author == "teacher");
    CHECK(it.entries[1].content->origin.author == "bob");
    CHECK(it.entries[1].place.log.site == nodes.b.id());
  }
  const auto notes = checked(proof_of(nodes.a, "mark", mark_key(), false, "note"));
  CHECK(notes.entries.size() == 1);
}

TEST_CASE("entries deep in a long log are proven under its newest head") {
  Node a("a"), b("b");
  a->batch([&] {
    for (int i = 1; i <= 3000; ++i) {
      a.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " + std::to_string(i) +
             ", 'ann', 5)");
    }
  });
  exchange(a, b);
  for (const int pupil : {1, 1500, 3000}) {
    const auto key = key_of({std::int64_t{1}, std::int64_t{pupil}});
    const auto it = checked(proof_of(b, "mark", key));
    check_holds(it);
    CHECK(it.entries.size() == 1);
  }
}

TEST_CASE("the hub's receipt is in the proof, the first that covers the entry") {
  Setup as_hub;
  as_hub.kind = SiteKind::hub;
  Node a("a"), hub("hub", as_hub);
  a->add_site(hub.record());
  a->note_reader(hub.id());
  hub->note_reader(a.id());
  exchange(a, hub);
  a.save(kCreateMark);
  hub.now.ms += 1'000'000;
  exchange(a, hub);
  const auto taken = hub.now;
  a.save("INSERT INTO setting (name, content) VALUES ('x', 1)");
  hub.now.ms += 1'000'000;
  exchange(a, hub);
  for (Node* node : {&a, &hub}) {
    const auto it = checked(proof_of(*node, "mark", mark_key()));
    check_holds(it);
    REQUIRE(it.entries.at(0).receipt.has_value());
    CHECK(it.entries[0].receipt->by == hub.id());
    CHECK(it.entries[0].receipt->time == taken);
    CHECK(it.entries[0].receipt->size == 1);
  }
}

TEST_CASE("what lies under the school's key is stated, or proven where the key goes along") {
  Node a("a");
  a.save("INSERT INTO minutes (id, body) VALUES (1, 'a secret')");
  a.save("INSERT INTO minutes (id, body) VALUES (2, 'another')");
  const auto key = key_of({std::int64_t{1}});
  const auto stated = proof_of(a, "minutes", key);
  CHECK(stated.proof.keys.empty());
  CHECK(encode_proof(stated.proof).find(some_key("school").hex()) == std::string::npos);
  CHECK(checked(stated).entries.at(0).opened == Open::stated);
  check_holds(checked(stated));
  const auto opened = proof_of(a, "minutes", key, true);
  CHECK(opened.proof.keys.size() == 1);
  CHECK(checked(opened).entries.at(0).opened == Open::by_key);
  check_holds(checked(opened));
  CHECK(checked(opened).entries[0].content == checked(stated).entries[0].content);
}

TEST_CASE(
    "a person's values are stated, or proven where that person's key goes along, no other's") {
  Setup setup;
  setup.keys.add_person_key(std::int64_t{1}, some_key("person 1"));
  setup.keys.add_person_key(std::int64_t{2}, some_key("person 2"));
  Node a("a", setup);
  a.save(
      "INSERT INTO person (id, phone, class) VALUES (1, '555', '7a');"
      "INSERT INTO person (id, phone, class) VALUES (2, '666', '7b')");
  const auto key = key_of({std::int64_t{1}});
  CHECK(checked(proof_of(a, "person", key)).entries.at(0).opened == Open::stated);
  const auto opened = proof_of(a, "person", key, true);
  CHECK(opened.proof.keys == std::vector<SivKey>{some_key("person 1")});
  CHECK(checked(opened).entries.at(0).opened == Open::by_key);
  check_holds(checked(opened));
}

TEST_CASE("who was vouched for is proven through who vouched; who wasn't isn't in the proof") {
  Node a("a"), c("c");
  Setup uncertified;
  uncertified.is_certified = false;
  Node heir("heir", uncertified);
  heir.save(kCreateMark);
  auto row = proof_of(heir, "mark", mark_key());
  CHECK(row.proof.entries.empty());
  CHECK(row.unproven.size() == 1);
  a.vouch(heir);
  exchange_what_goes(a, heir);
  exchange_what_goes(a, c);
  heir.save("UPDATE mark SET value = 3");
  exchange_what_goes(a, heir);
  row = proof_of(a, "mark", mark_key());
  CHECK(row.unproven.empty());
  CHECK(row.proof.vouchers.size() == 1);
  const auto it = checked(row);
  check_holds(it);
  CHECK(it.entries.size() == 2);
}

TEST_CASE("of a log that forked each branch is proven") {
  TwinNodes twins(3);
  const auto other = twins.twin();
  twins.one.save("UPDATE setting SET content = 10");
  (*other).save("UPDATE setting SET content = 11");
  exchange(twins.one, twins.c);
  exchange(*other, twins.c);
  const auto it = checked(proof_of(twins.c, "setting", key_of({Text{"x"}})));
  check_holds(it);
  CHECK(it.entries.size() == 5);
}
