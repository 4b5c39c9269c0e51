#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sync/net/region.h"

namespace zimnik::net::test {
namespace {

using End = ExchangeReport::End;

constexpr const char* kPlain = "what only nodes of the school may read";

/// a holds the school's key and a person's, and has written under both.
struct RegionWithKeys : SmallRegion {
  sync::NewKey school_key;
  sync::NewKey person_key;

  RegionWithKeys() {
    school_key = a.keys.make_school_key();
    person_key = a.keys.make_person_key(sync::Value(std::int64_t{1}));
    a.replica.add_keys({school_key, person_key});
    a.write(std::string("INSERT INTO secret (id, body) VALUES (1, '") + kPlain + "')");
    a.write("INSERT INTO author (id, name) VALUES (1, 'Anna')");
  }
};

bool holds(const std::string& bytes, std::string_view part) {
  return bytes.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a node gets the school's keys through the hub, which can't open them") {
  RegionWithKeys region;
  region.settle();
  CHECK(region.b.read("SELECT body FROM secret") == std::string(kPlain) + "\n");
  CHECK(region.b.read("SELECT name FROM author") == "Anna\n");
  CHECK(region.server.fault() == "");

  const auto known_to_hub = region.server.seen() + region.hub.files();
  CHECK_FALSE(holds(known_to_hub, region.school_key.key.view()));
  CHECK_FALSE(holds(known_to_hub, kPlain));
  CHECK_FALSE(region.hub.keys.has_school_key());
  CHECK(region.hub.read("SELECT body FROM secret") == "");
  // The same look finds what the hub may read; on the wire that is sealed too.
  CHECK(holds(region.hub.files(), region.person_key.key.view()));
  CHECK_FALSE(holds(region.server.seen(), region.person_key.key.view()));
  CHECK(region.hub.read("SELECT name FROM author") == "Anna\n");
}

TEST_CASE("a node that is enrolled later gets the keys from one that holds them") {
  RegionWithKeys region;
  region.settle();
  Place late(region.region, sync::SiteKind::node);
  region.hub.replica.add_site(late.record);
  late.replica.add_site(region.hub.record);
  auto client = late.client_of(region.hub, region.server.port());
  CHECK(SmallRegion::run(client, late).end == End::in_step);
  CHECK(late.read("SELECT body FROM secret") == "");
  // a may be gone for good: b holds them too.
  REQUIRE(SmallRegion::run(region.client_b, region.b).end == End::in_step);
  REQUIRE(SmallRegion::run(client, late).end == End::in_step);
  CHECK(late.read("SELECT body FROM secret") == std::string(kPlain) + "\n");
  CHECK(late.read("SELECT name FROM author") == "Anna\n");
  CHECK(late.keys.keyring().school_key() == sync::id_of(region.school_key.key));
}

TEST_CASE("what was taken is dropped at the hub, and nothing is handed out twice") {
  RegionWithKeys region;
  region.settle();
  region.settle();
  for (Place* place : {&region.a, &region.b}) {
    CHECK(region.hub.keys.parcels_for(place->secret.id(), false, {}, 1 << 20).empty());
  }
  const auto before = region.server.seen().size();
  CHECK(SmallRegion::run(region.client_a, region.a).rounds == 1);
  CHECK(region.server.seen().size() - before < 600);
}

namespace {

/// b is revoked while c was off line, and wrote under the old key.
struct AfterRevocation : RegionWithKeys {
  Place c{region, sync::SiteKind::node};
  ExchangeClient client_c = c.client_of(hub, server.port());

  AfterRevocation() {
    hub.replica.add_site(c.record);
    c.replica.add_site(hub.record);
    settle();
    run(client_c, c);
    exchange(client_a, a);
    exchange(client_c, c);
    hub.act(sync::VoidSite{b.secret.id(), 1000, 1000});
    c.write("INSERT INTO secret (id, body) VALUES (2, 'off line')");
  }
  void exchange(ExchangeClient& client, Place& place) {
    REQUIRE(run(client, place).end == End::in_step);
  }
  /// What can be read of all that the hub relays with the keys that b holds.
  std::string read_by_b() {
    Place stranger(region, sync::SiteKind::node);
    stranger.replica.add_site(hub.record);
    stranger.replica.add_keys(b.keys.keys());
    {
      // Messages alone, and no parcels: it has no keys but these.
      auto from = hub.lock();
      const auto to = stranger.secret.id();
      for (int round = 0; round < 4; ++round) {
        stranger.replica.receive(hub.secret.id(), from.replica.generate(to, now(), 1 << 20), now());
        from.replica.receive(to, stranger.replica.generate(hub.secret.id(), now(), 1 << 20), now());
      }
    }
    return stranger.read("SELECT body FROM secret ORDER BY id");
  }
};

}  // namespace

TEST_CASE_METHOD(AfterRevocation,
                 "who learns that a site was revoked seals under a new key, which it never gets") {
  exchange(client_a, a);
  a.write("INSERT INTO secret (id, body) VALUES (3, 'after')");
  exchange(client_a, a);
  CHECK(run(client_b, b).status == 403);
  CHECK(hub.keys.parcels_for(b.secret.id(), false, {}, 1 << 20).empty());
  CHECK(read_by_b() == std::string(kPlain) + "\n");
  CHECK_FALSE(hub.keys.has_school_key());
}

TEST_CASE_METHOD(AfterRevocation,
                 "who was off line gets the new key, and all read its work under the old one") {
  exchange(client_a, a);
  a.write("INSERT INTO secret (id, body) VALUES (3, 'after')");
  exchange(client_a, a);
  exchange(client_c, c);
  const auto all = std::string(kPlain) + "\noff line\nafter\n";
  CHECK(c.read("SELECT body FROM secret ORDER BY id") == all);
  // What it writes now is new to the revoked site too.
  c.write("INSERT INTO secret (id, body) VALUES (4, 'later')");
  exchange(client_c, c);
  exchange(client_a, a);
  CHECK(a.read("SELECT body FROM secret ORDER BY id") == all + "later\n");
  CHECK(read_by_b() == std::string(kPlain) + "\noff line\n");
  for (Place* place : {&a, &c}) CHECK(place->replica.verify().empty());
}

TEST_CASE_METHOD(AfterRevocation, "a site whose revocation was undone is handed the new keys too") {
  exchange(client_a, a);
  a.write("INSERT INTO secret (id, body) VALUES (3, 'after')");
  a.act(sync::Revoke{a.replica.acts().back().name});
  exchange(client_a, a);
  exchange(client_a, a);
  exchange(client_b, b);
  CHECK(b.read("SELECT body FROM secret ORDER BY id") == std::string(kPlain) + "\nafter\n");
}

TEST_CASE_METHOD(AfterRevocation, "a key is made once for each revocation, whatever is exchanged") {
  exchange(client_a, a);
  const auto keys = a.keys.keys().size();
  exchange(client_a, a);
  exchange(client_a, a);
  CHECK(a.keys.keys().size() == keys);
}

TEST_CASE("a parcel that its sender didn't sign isn't passed on, and doesn't stop the others") {
  RegionWithKeys region;
  region.settle();
  Envelope envelope;
  envelope.epoch = region.a.keys.epoch();
  auto forged = wrap_keys(region.region.school, region.a.secret, region.b.record.keys, {});
  const auto good = wrap_keys(region.region.school, region.a.secret, region.b.record.keys, {});
  forged.signature.bytes[0] ^= 1;
  envelope.parcels = {
      {1000, encode_parcel(forged)}, {1001, "no parcel"}, {1002, encode_parcel(good)}};
  const KeyCourier courier(region.region.school, region.hub.secret);
  auto school = region.hub.lock();
  const auto fault = courier.take(school, region.a.secret.id(), envelope);
  CHECK(holds(fault, "didn't sign"));
  CHECK(school.keys.parcels_for(region.b.secret.id(), false, {}, 1 << 20).size() == 1);
  CHECK(school.keys.taken_of(region.a.secret.id()).number == 1002);
}

TEST_CASE("parcels of a site whose record hasn't come wait at who brings them") {
  RegionWithKeys region;
  region.settle();
  Place late(region.region, sync::SiteKind::node);
  Envelope envelope;
  envelope.epoch = region.a.keys.epoch();
  envelope.parcels = {{1000, encode_parcel(wrap_keys(region.region.school, region.a.secret,
                                                     late.record.keys, {}))}};
  const KeyCourier courier(region.region.school, region.hub.secret);
  auto school = region.hub.lock();
  const auto before = school.keys.taken_of(region.a.secret.id());
  CHECK(courier.take(school, region.a.secret.id(), envelope) != "");
  CHECK(school.keys.taken_of(region.a.secret.id()) == before);
  school.replica.add_site(late.record);
  CHECK(courier.take(school, region.a.secret.id(), envelope) == "");
  CHECK(school.keys.parcels_for(late.secret.id(), false, {}, 1 << 20).size() == 1);
}

TEST_CASE("keys of who was forgotten aren't taken in again") {
  RegionWithKeys region;
  region.settle();
  region.b.act(sync::Forget{sync::Value(std::int64_t{1})});
  region.b.keys.forget({sync::Value(std::int64_t{1})}, region.b.secret.id());
  const auto parcel = wrap_keys(region.region.school, region.a.secret, region.b.record.keys,
                                std::vector{region.person_key});
  Envelope envelope;
  envelope.epoch = 77;
  envelope.parcels = {{1, encode_parcel(parcel)}};
  const KeyCourier courier(region.region.school, region.b.secret);
  auto school = region.b.lock();
  CHECK(courier.take(school, region.hub.secret.id(), envelope) == "");
  CHECK(school.keys.keyring().find(sync::id_of(region.person_key.key)) == nullptr);
}

TEST_CASE("a sealed key of who was forgotten stays at no relay, though its sender has gone") {
  RegionWithKeys region;
  Place late(region.region, sync::SiteKind::node);
  region.hub.replica.add_site(late.record);
  region.a.replica.add_keys({region.a.keys.make_person_key(sync::Value(std::int64_t{2}))});
  region.a.write("INSERT INTO author (id, name) VALUES (2, 'Boris')");
  region.settle();
  region.settle();
  // As older versions pack them, and send to be passed on.
  const auto mixed = wrap_keys(region.region.school, region.a.secret, late.record.keys,
                               std::vector{region.school_key, region.person_key});
  Envelope envelope;
  envelope.epoch = region.a.keys.epoch();
  const auto bring = [&](std::uint64_t number) {
    envelope.parcels = {{number, encode_parcel(mixed)}};
    const KeyCourier courier(region.region.school, region.hub.secret);
    auto school = region.hub.lock();
    CHECK(courier.take(school, region.a.secret.id(), envelope) == "");
    CHECK(school.keys.taken_of(region.a.secret.id()).number == number);
  };
  bring(1000);
  CHECK(holds(region.hub.files(), mixed.sealed));
  region.b.act(sync::Forget{sync::Value(std::int64_t{1})});
  REQUIRE(SmallRegion::run(region.client_b, region.b).end == End::in_step);
  CHECK_FALSE(holds(region.hub.files(), mixed.sealed));
  bring(1001);  // it hasn't heard
  CHECK_FALSE(holds(region.hub.files(), mixed.sealed));
  // Neither a nor b comes again, and yet all else can be read: the hub passes on the school's keys,
  // and hands out those of persons itself.
  for (const auto& [number, bytes] :
       region.hub.keys.parcels_for(late.secret.id(), false, {}, 1 << 20)) {
    const bool is_own = decode_parcel(bytes).sender == region.hub.secret.id();
    CHECK((is_own || bytes.size() == kSchoolKeyParcelBytes));
  }
  late.replica.add_site(region.hub.record);
  auto client = late.client_of(region.hub, region.server.port());
  REQUIRE(SmallRegion::run(client, late).end == End::in_step);
  CHECK(late.read("SELECT body FROM secret") == std::string(kPlain) + "\n");
  CHECK(late.read("SELECT name FROM author WHERE id = 2") == "Boris\n");
  CHECK(late.read("SELECT name FROM author WHERE id = 1") != "Anna\n");
}

TEST_CASE("a forgotten person's keys go from all stores, and from parcels that wait at the hub") {
  RegionWithKeys region;
  Place late(region.region, sync::SiteKind::node);
  region.hub.replica.add_site(late.record);
  region.settle();
  const auto waiting = [&] {
    return region.hub.keys.parcels_for(late.secret.id(), false, {}, 1 << 20);
  };
  const auto before = waiting();
  REQUIRE_FALSE(before.empty());
  region.b.act(sync::Forget{sync::Value(std::int64_t{1})});
  region.settle();
  region.settle();
  for (Place* place : {&region.hub, &region.a, &region.b}) {
    CHECK(place->keys.keyring().find(sync::id_of(region.person_key.key)) == nullptr);
    CHECK_FALSE(holds(place->files(), region.person_key.key.view()));
    CHECK_FALSE(holds(place->files(), "Anna"));
    CHECK(place->replica.verify().empty());
  }
  // Those that were made before are void, and what they held otherwise was handed out again.
  const auto after = waiting();
  REQUIRE_FALSE(after.empty());
  for (const auto& old : before) {
    CHECK(std::none_of(after.begin(), after.end(),
                       [&](const NumberedParcel& it) { return it.bytes == old.bytes; }));
  }
  late.replica.add_site(region.hub.record);
  auto client = late.client_of(region.hub, region.server.port());
  REQUIRE(SmallRegion::run(client, late).end == End::in_step);
  CHECK(late.read("SELECT body FROM secret") == std::string(kPlain) + "\n");
  CHECK(late.keys.keyring().find(sync::id_of(region.person_key.key)) == nullptr);
}

}  // namespace zimnik::net::test
