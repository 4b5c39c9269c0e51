// A hub that is gone, and one that was restored from its backup.
#include "hub/restore.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "hub/backup.h"
#include "hub/revocations.h"
#include "hub/web/family.h"
#include "sync/core/encoding.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

namespace files = std::filesystem;
using End = net::ExchangeReport::End;

const std::string kPassphrase = "correct horse battery";

/// A hub with a school of two sites, which is backed up, and goes on for a while.
struct Region {
  net::test::Folder folder;
  std::string copy = folder.file("copy"), authority = folder.file("authority");
  std::unique_ptr<RunningHub> hub = std::make_unique<RunningHub>();
  std::string school = run({"school", "add", "Первая"});
  SchoolSite first = enrolled("Здание"), second = enrolled("Филиал");

  std::string run(std::vector<std::string> arguments) { return hub->run(std::move(arguments)); }
  SchoolSite enrolled(const std::string& name) {
    return {hub->sync_url(), run({"token", school, "--name", name}), name};
  }
  void back_up() {
    run({"backup", copy});
    std::ostringstream out;
    back_up_authority(hub->data(), authority, kPassphrase, out);
  }
  /// The hub and its folder are gone; another takes its place.
  void restore(const std::string& revocations = "") {
    hub.reset();
    hub = std::make_unique<RunningHub>([&](const DataFolder& data) {
      std::ostringstream out;
      hub::restore(data, {copy, authority, revocations}, kPassphrase, system_time(), out);
    });
    first.follow(hub->sync_url());
    second.follow(hub->sync_url());
  }
  std::size_t subjects_at_hub() {
    return (*hub)->schools().front()->read([](sync::Database& database) {
      auto query = database.prepare("SELECT count(*) FROM subject");
      query.step();
      return static_cast<std::size_t>(query.integer(0));
    });
  }
  std::string status() { return run({"status"}); }
};

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

TEST_CASE_METHOD(Region, "a restored hub is a new site, and gets from its sites all that it lost") {
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

TEST_CASE_METHOD(Region,
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
    Region, "until all sites were heard nobody is given anything, also who was revoked since") {
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

TEST_CASE_METHOD(Region,
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

TEST_CASE_METHOD(Region,
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

TEST_CASE_METHOD(Region, "restore says how many revocations are in force again") {
  back_up();
  const auto notes = folder.file("revocations");
  run({"revoke", school, second.id().hex(), "--reason", "украден"});
  files::copy(hub->data().revocations(), notes);
  std::ostringstream out;
  hub::restore({folder.file("restored")}, {copy, authority, notes}, kPassphrase, system_time(),
               out);
  CHECK_THAT(out.str(), Catch::Contains("отзывов из файла снова в силе: 1\n"));
  std::ofstream(notes, std::ios::trunc).close();
  CHECK_THROWS_WITH(hub::restore({folder.file("other")}, {copy, authority, notes}, kPassphrase,
                                 system_time(), out),
                    Catch::Contains("файл пуст"));
}

TEST_CASE_METHOD(Region,
                 "who is revoked isn't waited for, and with the last one the school opens") {
  back_up();
  restore();
  CHECK(is_held_back(first.exchange()));
  CHECK_THAT(run({"revoke", school, second.id().hex(), "--reason", "потерян"}),
             Catch::Contains("школа открыта"));
  CHECK(first.exchange().end == End::in_step);
}

TEST_CASE_METHOD(Region, "an operator may open a school before all its sites were heard") {
  back_up();
  restore();
  CHECK(is_held_back(first.exchange()));
  CHECK_THAT(run({"accept", "Первая"}),
             Catch::Contains("открыта ") && Catch::Contains("«Филиал» "));
  CHECK(first.exchange().end == End::in_step);
  CHECK_THROWS_WITH(run({"accept", "Первая"}), Catch::Contains("не закрыта"));
}

TEST_CASE_METHOD(Region, "a machine that another took the place of isn't waited for") {
  const SchoolSite anew(hub->sync_url(), run({"token", school}), "Филиал", second.id());
  back_up();
  restore();
  first.exchange();
  CHECK_THAT(status(), Catch::Contains(named(anew)) && !Catch::Contains(named(second)));
}

TEST_CASE_METHOD(Region, "a site is waited for, whoever else has its name") {
  const auto namesake = enrolled("Филиал");
  back_up();
  restore();
  first.exchange();
  CHECK_THAT(status(), Catch::Contains(named(namesake)) && Catch::Contains(named(second)));
}

TEST_CASE_METHOD(Region, "a site that calls after it was replaced is a twin, and waited for") {
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

TEST_CASE_METHOD(Region, "in a school that is closed nobody goes on from another") {
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

TEST_CASE_METHOD(Region, "a site that enrolled after the backup is known again once it calls") {
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

TEST_CASE_METHOD(Region,
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

TEST_CASE_METHOD(Region, "a school that was added after the backup comes back under its id") {
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
  const auto code = hash_of_code(kMotherCode);
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
  CHECK_FALSE(link_of_code(*hub, hash_of_code(kFatherCode)));
  CHECK(is_any_closed(*hub));

  region.site.follow(hub.sync_url());
  REQUIRE(region.site.exchange().end == End::in_step);
  CHECK(family_of(*hub, 1).silent.empty());
  CHECK(family_of(*hub, 1).children.size() == 2);
  CHECK(link_of_code(*hub, hash_of_code(kFatherCode)));
  CHECK_FALSE(is_any_closed(*hub));
}

TEST_CASE_METHOD(Region, "what can't be restored leaves no hub, and nothing in its folder") {
  back_up();
  const DataFolder target{folder.file("restored")};
  const auto fails = [&](const std::string& copied, const std::string& key,
                         const std::string& passphrase, const std::string& why) {
    std::ostringstream said;
    CHECK_THROWS_WITH(hub::restore(target, {copied, key}, passphrase, system_time(), said),
                      Catch::Contains(why));
    CHECK((!files::exists(target.path) || files::is_empty(target.path)));
  };
  fails(folder.file("absent"), authority, kPassphrase, "здесь нет копии");
  fails(copy, authority, "another passphrase", "парольная фраза");
  fails(copy, folder.file("absent"), kPassphrase, "absent");
  const auto other = folder.file("other.pem");
  net::CertificateAuthority::make("Другой", system_time()).save(other);
  fails(copy, other, "", "центр другого региона");
  std::ostringstream out;
  CHECK_THROWS_WITH(hub::restore(target, {copy, authority, other}, kPassphrase, system_time(), out),
                    Catch::Contains("other.pem, строка 1"));
  CHECK(files::is_empty(target.path));
  std::ofstream(copy + "/hub.db", std::ios::app) << "#";
  fails(copy, authority, kPassphrase, "файл не тот");
}

TEST_CASE_METHOD(Region, "a hub is restored in no folder that has something in it") {
  back_up();
  std::ostringstream out;
  CHECK_THROWS_WITH(hub::restore(hub->data(), {copy, authority}, kPassphrase, system_time(), out),
                    Catch::Contains("здесь уже что-то есть"));
  CHECK(files::exists(hub->data().authority()));
}

TEST_CASE_METHOD(Region,
                 "a restore where keys are as they lay in the data folder needs no passphrase") {
  back_up();
  std::ostringstream out;
  const DataFolder target{folder.file("restored")};
  hub::restore(target, {copy, hub->data().authority()}, "", system_time(), out);
  CHECK(Hub(target).schools().size() == 1);
}

}  // namespace zimnik::hub::test
