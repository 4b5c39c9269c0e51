#include "hub/sync_port.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "hub/freshness.h"
#include "hub/site_ledger.h"
#include "schema/commands/course.h"
#include "schema/query.h"
#include "schema/read/people.h"
#include "sync/net/envelope.h"
#include "sync/net/exchange_service.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {

using End = net::ExchangeReport::End;

TEST_CASE("a token enrols one site, once") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа"});
  const auto token = net::EnrolmentToken::parse(hub.run({"token", school}));
  const auto enrol = [&](const net::SiteSecret& site, sync::SiteKind kind) {
    return net::enrol(hub.sync_url(), token, site, kind, "узел");
  };
  const auto site = net::SiteSecret::make();
  CHECK_THROWS_WITH(enrol(site, sync::SiteKind::laptop), "the token is for another kind of site");
  CHECK_THROWS_WITH(net::enrol(hub.sync_url(), token, site, sync::SiteKind::node, "узел",
                               sync::SchoolId::from("another school's")),
                    "the token is for another school");
  CHECK(hub.run({"status"}).find(site.id().hex()) == std::string::npos);
  const auto reply = enrol(site, sync::SiteKind::node);
  CHECK(reply.school_name == "Школа");
  CHECK(reply.record.school.hex() == school);
  REQUIRE(reply.records.size() == 1);
  CHECK(reply.records[0].kind == sync::SiteKind::hub);
  // Its reply may have been lost.
  CHECK(enrol(site, sync::SiteKind::node).record == reply.record);
  CHECK_THROWS_WITH(enrol(net::SiteSecret::make(), sync::SiteKind::node),
                    "the token is wrong, was used before, or has expired");
}

TEST_CASE("what a site calls itself does nothing to who reads the log") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа"});
  const auto token = net::EnrolmentToken::parse(hub.run({"token", school}));
  net::enrol(hub.sync_url(), token, net::SiteSecret::make(), sync::SiteKind::node,
             "\x1b[2J\nзлой\tузел \u009b31m");
  const auto log = hub.log();
  REQUIRE(log.size() == 1);
  CHECK_THAT(log[0], Catch::Contains(" [2J злой узел   31m»"));
}

TEST_CASE("what a school wrote is read at the hub, names too") {
  SmallRegion region;
  auto* school = region.hub->find(region.site.reply().record.school);
  REQUIRE(school != nullptr);
  school->read([](sync::Database& database) {
    CHECK(journal::name_of(database, kPetya).full() == "Иванов Пётр Сергеевич");
  });
}

TEST_CASE("an exchange says how new the school's data is") {
  SmallRegion region;
  const auto id = region.site.reply().record.school;
  const auto fresh = freshness_of(*region.hub, id);
  REQUIRE(fresh.complete);
  CHECK(fresh.complete == fresh.exchange);
  CHECK(std::abs(fresh.complete->ms - system_time().ms) < 60'000);
  CHECK(fresh.behind.empty());
  // A second building that was never in exchange since it enrolled.
  const SchoolSite branch(region.hub.sync_url(),
                          region.hub.run({"token", region.school, "--name", "Филиал"}), "");
  const auto with_branch = freshness_of(*region.hub, id);
  REQUIRE(with_branch.behind.size() == 1);
  CHECK(with_branch.behind[0].name == "Филиал");
  CHECK_FALSE(with_branch.behind[0].complete);
  // The one that was is gone: what it brought is as old as it was.
  region.hub.run(
      {"revoke", region.school, region.site.id().hex().substr(0, 8), "--reason", "украден"});
  const auto without_first = freshness_of(*region.hub, id);
  CHECK(without_first.complete == fresh.complete);
  REQUIRE(without_first.behind.size() == 1);
  CHECK(without_first.behind[0].name == "Филиал");
}

TEST_CASE("a site that the operator revoked is refused, what it wrote before stays") {
  SmallRegion region;
  const auto site = region.site.id().hex();
  region.hub.run({"revoke", region.school, site.substr(0, 8), "--reason", "украден"});
  const auto report = region.site.exchange();
  CHECK(report.end == End::refused);
  CHECK(report.status == 403);
  auto* school = region.hub->find(region.site.reply().record.school);
  school->read([](sync::Database& database) {
    CHECK(journal::name_of(database, kPetya).full() == "Иванов Пётр Сергеевич");
  });
}

TEST_CASE("a site that is revoked from an entry on has what follows it void") {
  SmallRegion region;
  region.hub.run(
      {"revoke", region.school, region.site.id().hex(), "--from", "2", "--reason", "украден"});
  auto* school = region.hub->find(region.site.reply().record.school);
  school->read([](sync::Database& database) {
    auto rows = database.prepare(
        "SELECT (SELECT count(*) FROM person), "
        "(SELECT count(*) FROM consent)");
    REQUIRE(rows.step());
    CHECK(rows.integer(0) == 8);  // entry 1 stands
    CHECK(rows.integer(1) == 0);
  });
}

TEST_CASE("a site whose revocation was undone by name connects again, and counts again") {
  SmallRegion region;
  const auto site = region.site.id().hex();
  region.hub.run({"revoke", region.school, site, "--from", "2", "--reason", "украден"});
  CHECK(region.site.exchange().status == 403);
  CHECK(region.hub->region().site(region.site.id())->is_revoked);
  const auto listed = region.hub.run({"acts", region.school});
  CHECK_THAT(listed, Catch::Contains("\tв силе\t") && Catch::Contains("отозван узел " + site));
  const auto act = listed.substr(0, 64);
  CHECK_THAT(
      region.hub.run({"revoke", region.school, "--undo", act.substr(0, 10), "--reason", "нашёлся"}),
      Catch::Contains("что: отменён акт " + act));
  CHECK(region.site.exchange().end == End::in_step);
  CHECK_FALSE(region.hub->region().site(region.site.id())->is_revoked);
  CHECK_THAT(region.hub.run({"acts", region.school}), Catch::Contains(act + "\tотменён актом "));
  CHECK_THAT(region.hub.run({"acts", region.school, act}),
             Catch::Contains("написано поверх отменённого: 0"));
  auto* school = region.hub->find(region.site.reply().record.school);
  school->read([](sync::Database& database) {
    auto rows = database.prepare("SELECT count(*) FROM consent");
    REQUIRE(rows.step());
    CHECK(rows.integer(0) > 0);
  });
}

TEST_CASE("a revocation that a school's node wrote is the region's too") {
  SmallRegion region;
  SchoolSite branch(region.hub.sync_url(), region.hub.run({"token", region.school}), "Филиал");
  REQUIRE(branch.exchange().end == End::in_step);
  REQUIRE(region.site.exchange().end == End::in_step);
  region.site.replica().act({{"director", "principal", sync::rank::kPrincipal, "console"},
                             system_time(),
                             {},
                             region.site.replica().seen()},
                            sync::VoidSite{branch.id(), 1, 1}, "украден");
  REQUIRE(region.site.exchange().end == End::in_step);
  CHECK(branch.exchange().status == 403);
  CHECK(region.hub->region().site(branch.id())->is_revoked);
}

TEST_CASE("a school that has much to do keeps none of the server's threads, and is asked again") {
  SmallRegion region;
  {
    const auto locked = region.hub->find(region.site.reply().record.school)->lock();
    const auto report = region.site.exchange();
    CHECK(report.status == 503);
    CHECK(report.is_passing());
  }
  CHECK(region.site.exchange().end == End::in_step);
}

TEST_CASE("a school that isn't this hub's is told so") {
  RunningHub hub, other;
  const auto school = other.run({"school", "add", "Школа"});
  CHECK_THROWS(net::enrol(hub.sync_url(), net::EnrolmentToken::parse(other.run({"token", school})),
                          net::SiteSecret::make(), sync::SiteKind::node, ""));
}

TEST_CASE(
    "a certificate of one school brings and gets nothing of another's, and that is reported") {
  SmallRegion region;
  const auto other = region.hub.run({"school", "add", "Другая школа"});
  SchoolSite stranger(region.hub.sync_url(), region.hub.run({"token", other}), "чужой");
  region.site.write([](sync::Command& run) { journal::set_subject(run, 802, "Геометрия"); });
  const auto hub_id = region.hub->self().id();
  net::Envelope envelope;
  envelope.reply_budget = 1 << 20;
  envelope.message = region.site.replica().generate(hub_id, system_time(), 1 << 20);

  net::HttpsClient client(stranger.https());
  const auto reply =
      client.post(region.hub.sync_url() + net::ExchangeService::kPath, "application/octet-stream",
                  net::encode_envelope(envelope), 1 << 20);
  CHECK(reply.status == 422);
  CHECK(reply.body.find("Алгебра") == std::string::npos);
  const auto holds = [&](SchoolSite& site, const char* name) {
    return region.hub->find(site.reply().record.school)->read([&](sync::Database& database) {
      return journal::has_row(database, "SELECT 1 FROM subject WHERE name = ?",
                              {journal::text_value(name)});
    });
  };
  CHECK(holds(region.site, "Алгебра"));
  CHECK_FALSE(holds(region.site, "Геометрия"));
  CHECK_FALSE(holds(stranger, "Геометрия"));
  CHECK_FALSE(holds(stranger, "Алгебра"));

  const auto seen = SiteLedger(region.hub->database()).seen(stranger.id());
  CHECK(seen.refusals == 1);
  CHECK(seen.why_refused == reply.body);
  const auto log = region.hub.log();
  CHECK(std::any_of(log.begin(), log.end(), [&](const std::string& line) {
    return line.find("refused: a message of " + stranger.id().hex()) != std::string::npos;
  }));
  // Its own school's work goes on.
  CHECK(stranger.exchange().end == End::in_step);
}

}  // namespace zimnik::hub::test
