// Sites that go on from others: what the hub gives them, and what operators are told.
#include <catch2/catch.hpp>

#include "schema/succession.h"
#include "schema/tables.h"
#include "sync/net/enrolment_client.h"
#include "tests/hub/region.h"

namespace zimnik::hub::test {
namespace {

/// A hub with a school, and a node of it that is enrolled.
struct OneNode {
  RunningHub hub;
  const std::string school = hub.run({"school", "add", "Школа"});
  const net::SiteSecret old = net::SiteSecret::make();
  const net::EnrolmentReply reply =
      net::enrol(hub.sync_url(), net::EnrolmentToken::parse(hub.run({"token", school})), old,
                 sync::SiteKind::node, "узел");

  net::EnrolmentReply succeed(const net::SiteSecret& site) { return succeed(old, site); }
  net::EnrolmentReply succeed(const net::SiteSecret& from, const net::SiteSecret& site) {
    const auto record =
        hub->authority().certify(reply.record.school, from.keys(), sync::SiteKind::node);
    return net::succeed(hub.sync_url(), reply.authority_pem, from, record, site, "узел");
  }
  int refusal() { return refusal(old); }
  int refusal(const net::SiteSecret& from) {
    try {
      succeed(from, net::SiteSecret::make());
    } catch (const net::EnrolmentRefused& refused) {
      return refused.status();
    }
    return 0;
  }
};

/// What a region notes of sites that have short names here.
struct Noted {
  static constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
  HubDatabase database{":memory:"};
  RegionStore region{database};
  const sync::SchoolId school = sync::SchoolId::from("a school of 16 b");

  static sync::SiteId site(std::string name) {
    name.resize(sync::SiteId::kSize);
    return sync::SiteId::from(name);
  }
  bool go_on(const std::string& from, const std::string& to, std::int64_t at,
             const SuccessionBounds& most) {
    return region.note_succession(site(from), {site(to), school, to}, {at}, most);
  }
};

}  // namespace

TEST_CASE("a site that goes on from another is certified, and the other isn't waited for") {
  OneNode node;
  const auto site = net::SiteSecret::make();
  const auto got = node.succeed(site);
  CHECK(got.record.school.hex() == node.school);
  CHECK(got.records.size() == 2);  // the hub's and the predecessor's
  const auto& id = got.record.school;
  for (const auto& entry : node.hub->region().sites_of(id)) {
    CHECK(entry.is_succeeded == (entry.id == node.old.id()));
  }
  CHECK(node.succeed(site).record == got.record);
  CHECK(net::renew_certificate(node.hub.sync_url(), got.authority_pem, site, got.record) !=
        got.certificate_pem);
}

TEST_CASE("who makes a token is warned of a site at work that has the name") {
  OneNode node;
  const auto warning = [&](const std::string& name) {
    const auto said = node.hub.call({"token", node.school, "--name", name});
    CHECK_THAT(said.output, Catch::StartsWith("zimnik1-"));
    return said.errors;
  };
  CHECK_THAT(warning("узел"), Catch::Contains(node.old.id().hex()));
  CHECK(warning("другой").empty());
  node.hub.run({"revoke", node.school, node.old.id().hex(), "--reason", "украден"});
  CHECK(warning("узел").empty());
}

TEST_CASE("from a site that is revoked nobody goes on") {
  OneNode node;
  node.hub.run({"revoke", node.school, node.old.id().hex(), "--reason", "украден"});
  CHECK(node.refusal() == 403);
}

TEST_CASE("where the school is busy a site that goes on is asked to come again") {
  OneNode node;
  {
    const auto locked = node.hub->find(node.reply.record.school)->lock();
    CHECK(node.refusal() == 503);
  }
  CHECK(node.refusal() == 0);
}

TEST_CASE("from a site and its successors no more than four go on in a day") {
  OneNode node;
  const auto next = net::SiteSecret::make(), other = net::SiteSecret::make();
  node.succeed(next);
  net::enrol(node.hub.sync_url(), net::EnrolmentToken::parse(node.hub.run({"token", node.school})),
             other, sync::SiteKind::node, "филиал");
  CHECK(node.refusal() == 0);
  CHECK(node.refusal(next) == 0);
  CHECK(node.refusal() == 0);
  CHECK(node.refusal() == 403);
  CHECK(node.refusal(next) == 403);
  CHECK_NOTHROW(node.succeed(next));  // its reply may have been lost
  CHECK(node.refusal(other) == 0);
}

TEST_CASE_METHOD(Noted, "a school has no more than so many in a day, but for revoked ones") {
  const SuccessionBounds two{2, 2};
  CHECK(go_on("a", "a1", 0, two));
  CHECK(go_on("b", "b1", 0, two));
  CHECK_FALSE(go_on("c", "c1", 1, two));
  region.note_revoked(site("a1"), true, {1});
  CHECK(go_on("c", "c1", 1, two));
  CHECK_FALSE(go_on("d", "d1", kDayMs - 1, two));
  CHECK(go_on("d", "d1", kDayMs, two));
}

TEST_CASE_METHOD(Noted,
                 "what a log says comes before a claim, and a proof is as new as it is said") {
  using Known = SuccessionEntry::Known;
  region.note_succession({site("a"), site("x"), school, Known::claimed, {1}});
  region.note_succession({site("b"), site("x"), school, Known::logged, {2}});
  region.note_succession({site("c"), site("x"), school, Known::claimed, {3}});
  REQUIRE(region.successions_of(school).size() == 1);
  CHECK(region.successions_of(school)[0].from == site("b"));
  region.note_exchange(school, site("b"), {5}, true);
  CHECK(region.replaced_in(school).empty());
  CHECK(go_on("b", "x", 6, {}));
  CHECK(region.replaced_in(school) == std::vector{site("b")});
}

TEST_CASE("who revokes a site is told all that go on from it, which no log has yet, and how") {
  OneNode node;
  const auto next = net::SiteSecret::make(), last = net::SiteSecret::make();
  node.succeed(next);
  node.succeed(next, last);
  CHECK_THAT(
      node.hub.run({"status"}),
      Catch::Contains("узел " + next.id().hex() + " продолжает работу как " + last.id().hex()) &&
          !Catch::Contains("zimnik-hub revoke"));
  const auto command = [&](const net::SiteSecret& site) {
    return "zimnik-hub revoke " + node.school + " " + site.id().hex() + " --reason";
  };
  const auto said =
      node.hub.run({"revoke", node.school, node.old.id().hex(), "--reason", "украден"});
  CHECK_THAT(said, Catch::Contains(command(next)) && Catch::Contains(command(last)));
  CHECK_THAT(node.hub.run({"status"}),
             Catch::Contains(command(next)) && Catch::Contains(command(last)));
  node.hub.run({"revoke", node.school, next.id().hex(), "--reason", "украден"});
  CHECK_THAT(node.hub.run({"status"}),
             !Catch::Contains(command(next)) && Catch::Contains(command(last)));
}

TEST_CASE("status names who goes on as whom, and why") {
  OneNode node;
  const auto next = net::SiteSecret::make();
  node.succeed(next);
  {
    auto locked = node.hub->find(node.reply.record.school)->lock();
    const sync::SiteRecord record{node.reply.record.school, next.keys(), sync::SiteKind::node, {}};
    // As an exchange with the node would bring it.
    sync::Replica replica(":memory:", journal::journal_schema(), node.reply.record.school,
                          node.hub->authority().public_key(),
                          {node.reply.record, node.old.signing_copy()}, {});
    const auto old = replica.become({record, next.signing_copy()}, system_time());
    replica.vouch_as(old, journal::succession_entry(journal::SuccessionReason::rolled_back, "pc",
                                                    system_time()));
    replica.add_site(locked.replica.sites().front().record);
    const auto self = node.hub->self().id(), site = node.old.id();
    for (int i = 0; i < 3; ++i) {
      locked.replica.receive(site, replica.generate(self, system_time(), 100'000), system_time());
      replica.receive(self, locked.replica.generate(site, system_time(), 100'000), system_time());
    }
  }
  const auto said = node.hub.run({"status"});
  CHECK(said.find("узел " + node.old.id().hex() + " продолжает работу как " + next.id().hex()) !=
        std::string::npos);
  CHECK(said.find("в журнале нет того, что узел уже отправил") != std::string::npos);
  CHECK(node.hub.run({"revoke", node.school, node.old.id().hex(), "--reason", "украден"})
            .find(next.id().hex()) != std::string::npos);
}

}  // namespace zimnik::hub::test
