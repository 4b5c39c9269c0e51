// A full week of a real-sized school, as a telephone on a bad link gets it.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "schema/commands/family.h"
#include "schema/sample/sample_school.h"
#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

using namespace zimnik::journal;

constexpr std::size_t kMostBytes = 14 * 1024;  // what a server sends before it must wait

/// A pupil of the tenth class, whose days are the longest, with a guardian.
sample::SampleGuardian guardian_of_an_elder(sample::SampleSchool& school, sync::Replica& replica) {
  auto rows = replica.database().prepare(
      "SELECT e.pupil FROM enrolment e JOIN school_class c ON c.id = e.school_class "
      "WHERE c.grade_level >= 8 ORDER BY c.grade_level DESC");
  while (rows.step()) {
    for (const auto& guardian : school.guardians()) {
      for (const auto pupil : guardian.pupils) {
        if (pupil == rows.integer(0)) return {guardian.person, {pupil}, true};
      }
    }
  }
  throw std::runtime_error("no such pupil");
}

}  // namespace

TEST_CASE("a full week's diary comes in 14 KB") {
  RunningHub hub;
  const auto id = hub.run({"school", "add", "Школа посёлка Верхний Ясунт"});
  SchoolSite site(hub.sync_url(), hub.run({"token", id, "--name", "Школа"}), "");
  sample::SampleOptions options;
  options.pupils = 60;
  options.until = Date::from(2025, 10, 10).value();
  sample::SampleSchool school(options);
  for (const auto person : school.people()) site.add_person_key(person);
  sample::fill(site.replica(), school);
  const auto guardian = guardian_of_an_elder(school, site.replica());
  give_consent(site, guardian.person, true);
  give_consent(site, guardian.pupils[0], true);  // of age by now
  give_code(site, guardian.person, kMotherCode);
  REQUIRE(site.exchange().end == net::ExchangeReport::End::in_step);

  Browser mother(hub.web_port());
  const std::string password = "пароль подлиннее";
  REQUIRE(mother
              .post("/activate", {{"code", kMotherCode},
                                  {"login", "mama"},
                                  {"password", password},
                                  {"again", password}})
              .status == 303);
  const auto path = "/diary/" + std::to_string(guardian.pupils[0]) + "?week=2025-10-06";
  const auto page = mother.get(path);
  REQUIRE(page.status == 200);
  std::size_t lessons = 0;
  for (auto at = page.body.find("<article>"); at != std::string::npos;
       at = page.body.find("<article>", at + 1)) {
    ++lessons;
  }
  WARN("a week of " << lessons << " lessons: " << page.size << " bytes compressed, "
                    << page.body.size() << " as text");
  const auto start = std::chrono::steady_clock::now();
  constexpr int kTimes = 20;
  for (int i = 0; i < kTimes; ++i) mother.get(path);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  WARN("a page takes " << took.count() / kTimes << " ms");
  CHECK(lessons >= 25);
  CHECK(page.size + page.head.size() <= kMostBytes);
  if (const char* file = std::getenv("ZIMNIK_DIARY_PAGE")) std::ofstream(file) << page.body;
}

}  // namespace zimnik::hub::test
