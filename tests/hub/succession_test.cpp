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

  net::EnrolmentReply succeed(const net::SiteSecret& site) {
    return net::succeed(hub.sync_url(), reply.authority_pem, old, reply.record, site, "узел");
  }
  int refusal() {
    try {
      succeed(net::SiteSecret::make());
    } catch (const net::EnrolmentRefused& refused) {
      return refused.status();
    }
    return 0;
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

TEST_CASE("from a site that is revoked nobody goes on") {
  OneNode node;
  node.hub.run({"revoke", node.school, node.old.id().hex()});
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

TEST_CASE("a school has no more than so many sites that go on from others in a day") {
  OneNode node;
  for (int i = 0; i < 32; ++i) REQUIRE(node.refusal() == 0);
  CHECK(node.refusal() == 403);
}

TEST_CASE("status names who goes on as whom, and why") {
  OneNode node;
  const auto next = net::SiteSecret::make();
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
  CHECK(node.hub.run({"revoke", node.school, node.old.id().hex()}).find(next.id().hex()) !=
        std::string::npos);
}

}  // namespace zimnik::hub::test
