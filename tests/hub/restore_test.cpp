// A hub that is gone, and one that was restored from its backup.
#include "hub/restore.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "hub/family.h"
#include "hub/revocations.h"
#include "sync/core/encoding.h"
#include "sync/web/one_time_code.h"
#include "tests/hub/restored_region.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

namespace files = std::filesystem;
using End = net::ExchangeReport::End;

void write(SchoolSite& site, int id) {
  site.write([&](sync::Command& command) {
    command.database().execute("INSERT INTO subject (id, name) VALUES (" + std::to_string(id) +
                               ", 'Алгебра')");
  });
}

std::int64_t subjects(SchoolSite& site) {
  auto query = site.replica().database().prepare("SELECT count(*) FROM subject");
  query.step();
  return query.integer(0);
}

/// As status names one that wasn't heard.
std::string named(const SchoolSite& branch) { return "«Филиал» " + branch.id().hex().substr(0, 8); }

/// So that what is noted next is later.
void wait_a_moment() { std::this_thread::sleep_for(std::chrono::milliseconds(5)); }

bool is_held_back(const net::ExchangeReport& report) {
  return report.end == End::refused && report.status == 503 && report.is_passing() &&
         report.error.find("восстановлен из копии") != std::string::npos;
}

}  // namespace

TEST_CASE_METHOD(RestoredRegion,
                 "a restored hub is a new site, and gets from its sites all that it lost") {
  write(first, 1);
  REQUIRE(first.exchange().end == End::in_step);
  back_up();
  const auto before = (*hub)->self().id();
  write(first, 2);
  REQUIRE(first.exchange().end == End::in_step);
  REQUIRE(second.exchange().end == End::in_step);
  write(second, 3);

  restore();
  CHECK((*hub)->self().id() != before);
  CHECK(subjects_at_hub() == 1);
  CHECK(is_held_back(first.exchange()));
  CHECK(second.exchange().end == End::in_step);
  CHECK(first.exchange().end == End::in_step);
  CHECK(subjects_at_hub() == 3);
  CHECK(subjects(first) == 3);
  CHECK(first.replica().verify().empty());
  const auto locked = (*hub)->schools().front()->lock();
  CHECK(locked.replica.verify().empty());
}

TEST_CASE_METHOD(RestoredRegion,
                 "the hub that was is refused from then on, and nothing that it did is void") {
  REQUIRE(first.exchange().end == End::in_step);
  const auto stolen = enrolled("Ноутбук").id();
  run({"revoke", school, stolen.hex(), "--reason", "украден"});
  back_up();
  const auto before = (*hub)->self().id();
  restore();
  first.exchange();
  second.exchange();
  REQUIRE(first.exchange().end == End::in_step);
  for (const auto& site : first.replica().sites()) {
    const auto id = site.record.keys.id();
    CHECK(site.revoked == (id == before || id == stolen));
  }
}

TEST_CASE_METHOD(
    RestoredRegion,
    "until all sites were heard nobody is given anything, also who was revoked since") {
  REQUIRE(second.exchange().end == End::in_step);
  write(first, 1);
  REQUIRE(first.exchange().end == End::in_step);
  back_up();
  run({"revoke", school, second.id().hex(), "--reason", "украден"});
  REQUIRE(first.exchange().end == End::in_step);
  write(second, 2);

  restore();
  CHECK(is_held_back(second.exchange()));
  CHECK(subjects(second) == 1);
  CHECK((*hub)->recoveries().is_closed((*hub)->schools().front()->id()));
  CHECK(first.exchange().end == End::in_step);
  CHECK_FALSE((*hub)->recoveries().is_closed((*hub)->schools().front()->id()));
  const auto report = second.exchange();
  CHECK(report.end == End::refused);
  CHECK(report.status == 403);
  CHECK(subjects_at_hub() == 1);
}

TEST_CASE_METHOD(RestoredRegion,
                 "who is revoked in the file kept apart is refused as the first that comes") {
  const auto notes = folder.file("revocations");
  REQUIRE(second.exchange().end == End::in_step);
  back_up();
  auto late = enrolled("Интернат");
  auto pardoned = enrolled("Ноутбук");
  for (auto* site : {&second, &late, &pardoned}) {
    CHECK_THAT(run({"revoke", school, site->id().hex(), "--reason", "украден"}),
               Catch::Contains("сохраните отдельно"));
  }
  const auto acts = run({"acts", school});
  run({"revoke", school, "--undo", acts.substr(acts.rfind('\n') + 1, 64), "--reason", "нашёлся"});
  files::copy(hub->data().revocations(), notes);

  CHECK_THROWS_WITH(restore(notes), Catch::Contains("this site was revoked"));
  CHECK(first.exchange().end == End::in_step);
  CHECK_THROWS_WITH(late.follow(hub->sync_url()), Catch::Contains("this site was revoked"));
  CHECK_NOTHROW(pardoned.follow(hub->sync_url()));
  CHECK(pardoned.exchange().end == End::in_step);
  const auto kept = read_revocations(hub->data().revocations(), (*hub)->authority().public_key());
  CHECK(kept == read_revocations(notes, (*hub)->authority().public_key()));
}

TEST_CASE_METHOD(RestoredRegion,
                 "status names what came that the backup didn't have, and who wasn't heard") {
  back_up();
  write(first, 1);
  restore();
  CHECK_THAT(status(), Catch::Contains("закрыта\tзаписей, которых в копии не было: 0") &&
                           Catch::Contains("«Здание» ") && Catch::Contains("«Филиал» "));
  first.exchange();
  CHECK_THAT(status(), Catch::Contains("закрыта\tзаписей, которых в копии не было: 1") &&
                           !Catch::Contains("«Здание» ") && Catch::Contains("«Филиал» "));
  second.exchange();
  CHECK_THAT(status(), Catch::Contains("открыта ") && Catch::Contains("на связь: нет"));
}

TEST_CASE_METHOD(RestoredRegion,
                 "who is revoked isn't waited for, and with the last one the school opens") {
  back_up();
  restore();
  CHECK(is_held_back(first.exchange()));
  CHECK_THAT(run({"revoke", school, second.id().hex(), "--reason", "потерян"}),
             Catch::Contains("школа открыта"));
  CHECK(first.exchange().end == End::in_step);
}

TEST_CASE_METHOD(RestoredRegion, "an operator may open a school before all its sites were heard") {
  back_up();
  restore();
  CHECK(is_held_back(first.exchange()));
  CHECK_THAT(run({"accept", "Первая"}),
             Catch::Contains("открыта ") && Catch::Contains("«Филиал» "));
  CHECK(first.exchange().end == End::in_step);
  CHECK_THROWS_WITH(run({"accept", "Первая"}), Catch::Contains("не закрыта"));
}

TEST_CASE_METHOD(RestoredRegion, "a machine that another took the place of isn't waited for") {
  const SchoolSite anew(hub->sync_url(), run({"token", school}), "Филиал", second.id());
  back_up();
  restore();
  first.exchange();
  CHECK_THAT(status(), Catch::Contains(named(anew)) && !Catch::Contains(named(second)));
}

TEST_CASE_METHOD(RestoredRegion, "a site is waited for, whoever else has its name") {
  const auto namesake = enrolled("Филиал");
  back_up();
  restore();
  first.exchange();
  CHECK_THAT(status(), Catch::Contains(named(namesake)) && Catch::Contains(named(second)));
}

TEST_CASE_METHOD(RestoredRegion,
                 "a site that calls after it was replaced is a twin, and waited for") {
  const SchoolSite anew(hub->sync_url(), run({"token", school}), "Филиал", second.id());
  const auto lag = second.id().hex().substr(0, 8) + " ";
  CHECK_THAT(status(), !Catch::Contains("в ногу нет: " + lag) && !Catch::Contains("; " + lag));
  wait_a_moment();
  REQUIRE(second.exchange().end == End::in_step);
  write(first, 1);
  REQUIRE(first.exchange().end == End::in_step);
  CHECK_THAT(status(), Catch::Contains(lag + "не подтвердил"));
  back_up();
  restore();
  first.exchange();
  CHECK_THAT(status(), Catch::Contains(named(second)));
}

TEST_CASE_METHOD(RestoredRegion, "in a school that is closed nobody goes on from another") {
  back_up();
  restore();
  const auto succeed = [&] {
    return net::succeed(hub->sync_url(), first.reply().authority_pem, first.secret(),
                        first.reply().record, net::SiteSecret::make(), "Филиал");
  };
  try {
    succeed();
    FAIL("it went on");
  } catch (const net::EnrolmentRefused& refused) {
    CHECK(refused.status() == 503);
    CHECK_THAT(refused.what(), Catch::Contains("восстановлен из копии"));
  }
  run({"accept", school});
  CHECK_NOTHROW(succeed());
}

TEST_CASE_METHOD(RestoredRegion,
                 "a site that enrolled after the backup is known again once it calls") {
  back_up();
  auto late = enrolled("Интернат");
  REQUIRE(late.exchange().end == End::in_step);
  restore();
  CHECK_FALSE((*hub)->region().site(late.id()));
  late.follow(hub->sync_url());
  CHECK(is_held_back(late.exchange()));
  CHECK((*hub)->region().site(late.id()));
  const auto secret = net::SiteSecret::make();
  first.exchange();
  second.exchange();
  CHECK(late.exchange().end == End::in_step);
}

TEST_CASE_METHOD(RestoredRegion,
                 "tokens from before and after the backup are void, and the answer says why") {
  const auto before = run({"token", school});
  back_up();
  const auto after = run({"token", school});
  restore();
  for (const auto& token : {before, after}) {
    CHECK_THROWS_WITH(
        SchoolSite(hub->sync_url(), token, "новый"),
        Catch::Contains("восстановили из копии") && Catch::Contains("попросите новый"));
  }
  CHECK_NOTHROW(SchoolSite(hub->sync_url(), run({"token", school}), "новый"));
}

TEST_CASE_METHOD(RestoredRegion,
                 "a school that was added after the backup comes back under its id") {
  back_up();
  const auto id = run({"school", "add", "Вторая"});
  SchoolSite site(hub->sync_url(), run({"token", id}), "Узел");
  write(site, 1);
  REQUIRE(site.exchange().end == End::in_step);
  const auto before = (*hub)->self().id();
  restore();
  CHECK_THROWS_WITH(site.follow(hub->sync_url()), Catch::Contains("this school isn't here"));
  CHECK(run({"school", "add", "Вторая", "--id", id}) == id);
  CHECK_THROWS_WITH(run({"school", "add", "Вторая", "--id", id}), Catch::Contains("уже есть"));
  site.follow(hub->sync_url());
  CHECK(site.exchange().end == End::in_step);
  auto* added = (*hub)->find(sync::SchoolId::from(sync::from_hex(id).value()));
  CHECK(added->lock().replica.frontier() == site.replica().frontier());
  for (const auto& known : site.replica().sites())
    CHECK(known.revoked == (known.record.keys.id() == before));
}

TEST_CASE("parents' sessions end, and diaries open once the school's sites were heard") {
  SmallRegion region;
  const net::test::Folder folder;
  const auto copy = folder.file("copy"), authority = folder.file("authority");
  const auto code = web::hash_of_code(kMotherCode);
  auto& before = *region.hub;
  const auto link = link_of_code(before, code).value();
  before.families().open_account("mother", "verifier", link, system_time());
  const auto session = before.families().open_session(1, system_time());
  region.hub.run({"backup", copy});
  std::ostringstream out;
  back_up_authority(region.hub.data(), authority, kPassphrase, out);

  RunningHub hub([&](const DataFolder& data) {
    restore(data, {copy, authority}, kPassphrase, system_time(), out);
  });
  CHECK_FALSE(hub->families().account_of_session(session, system_time()));
  CHECK(family_of(*hub, 1).silent == std::vector<std::string>{"Школа деревни Ясунт"});
  CHECK(family_of(*hub, 1).children.empty());
  CHECK_FALSE(link_of_code(*hub, web::hash_of_code(kFatherCode)));
  CHECK(is_any_closed(*hub));

  region.site.follow(hub.sync_url());
  REQUIRE(region.site.exchange().end == End::in_step);
  CHECK(family_of(*hub, 1).silent.empty());
  CHECK(family_of(*hub, 1).children.size() == 2);
  CHECK(link_of_code(*hub, web::hash_of_code(kFatherCode)));
  CHECK_FALSE(is_any_closed(*hub));
}

TEST_CASE_METHOD(RestoredRegion, "a school of which nobody could tell anything is open at once") {
  const auto empty = (*hub)->add_school("Пустая").id();
  back_up();
  restore();
  CHECK_FALSE((*hub)->recoveries().is_closed(empty));
  CHECK((*hub)->recoveries().is_closed(first.reply().record.school));
}

}  // namespace zimnik::hub::test
