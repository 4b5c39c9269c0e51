// What was corrected in a diary since a family saw it last.
#include "hub/web/corrections.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/query.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kHourMs = 3600 * 1000;
const std::string kHeading = "Исправлено с прошлого просмотра";

/// Petya's first mark of the week.
journal::MarkKey first_mark(SmallRegion& region) {
  auto& database = region.site.replica().database();
  for (const auto& taught :
       journal::courses_of_pupil(database, kPetya, this_monday().school_year())) {
    const auto marks = journal::marks_between(database, taught.course.id, this_monday(),
                                              this_monday().plus(6), kPetya);
    if (!marks.empty()) return marks.front().key;
  }
  throw std::logic_error("the small school has no mark of Petya's");
}

struct Mother : FamilyBrowser {
  using FamilyBrowser::FamilyBrowser;
  Page diary(std::int64_t pupil = kPetya) { return get("/diary/" + std::to_string(pupil)); }
};

}  // namespace

TEST_CASE("what was corrected or taken back since the last visit is named, and what is new isn't") {
  std::atomic<std::int64_t> ahead = 0;
  SmallRegion region([&] { return sync::Time{system_time().ms + ahead}; });
  Mother mother(region);
  const auto mark = first_mark(region);
  CHECK_FALSE(mother.diary().has(kHeading));
  region.site.write([&](sync::Command& run) {
    journal::enter_mark(run, mark, {3, {}, {}, "", {}});
  });
  region.site.exchange();
  SECTION("within a visit nothing is compared with itself") {
    CHECK_FALSE(mother.diary().has(kHeading));
    ahead = kHourMs;
    CHECK_FALSE(mother.diary().has(kHeading));
  }
  SECTION("it stays for the visit, and goes with the next one") {
    ahead = kHourMs;
    for (const char* part : {"", "/results", "/schedule"}) {
      const auto page = mother.get("/diary/" + std::to_string(kPetya) + part);
      CHECK(page.has(kHeading));
      CHECK(page.has("было 5, стало 3"));
    }
    CHECK_FALSE(mother.diary(kDasha).has(kHeading));
    ahead = 2 * kHourMs;
    CHECK_FALSE(mother.diary().has(kHeading));
  }
  SECTION("what was taken back is named too") {
    region.site.write([&](sync::Command& run) { journal::clear_mark(run, mark); });
    region.site.exchange();
    ahead = kHourMs;
    CHECK(mother.diary().has("<s>5</s> — снято школой"));
  }
  SECTION("a hub that starts again knows what was seen") {
    region.hub.stop();
    region.hub.start();
    ahead = kHourMs;

    Browser again(region.hub.web_port());
    again.cookies = mother.cookies;
    CHECK(again.get("/diary/" + std::to_string(kPetya)).has("было 5, стало 3"));
  }
}

TEST_CASE("an absence that the school takes back is named") {
  std::atomic<std::int64_t> ahead = 0;
  SmallRegion region([&] { return sync::Time{system_time().ms + ahead}; });
  Mother mother(region);
  const auto lesson = first_mark(region).lesson;
  region.site.write([&](sync::Command& run) {
    journal::set_absence(run, lesson, kPetya, journal::Absence::absent);
  });
  region.site.exchange();
  CHECK_FALSE(mother.diary().has(kHeading));
  region.site.write([&](sync::Command& run) { journal::clear_absence(run, lesson, kPetya); });
  region.site.exchange();
  ahead = kHourMs;
  const auto page = mother.diary();
  CHECK(page.has(kHeading));
  CHECK(page.has("<s>н</s> — снято школой"));
}

TEST_CASE("values of before the days that are compared aren't missed") {
  const auto today = journal::Date::parse("2025-12-20").value();
  const Seen before{{{"2025-09-01/901/1/1/1", "5"},
                     {"2025-12-01/901/1/1/1", "4"},
                     {"2025-12-02/901/1/1/1", "2"},
                     {"final/2025/901/q1", "4"},
                     {"final/2024/801/year", "5"}},
                    sync::Time{1}};
  const auto corrections = corrections_between(
      before, {{"2025-12-01/901/1/1/1", "5"}, {"2025-12-03/901/1/1/1", "5"}}, today);
  REQUIRE(corrections.size() == 3);
  CHECK(corrections[0].value == "5");
  CHECK(corrections[1].value.empty());
  CHECK(corrections[1].former == "2");
  CHECK(corrections[2].place == "final/2025/901/q1");
}

TEST_CASE("what is seen of a diary that a broken node has filled stays readable") {
  SmallRegion region;
  const Mother mother(region);  // the account 1
  auto& seen = region.hub->seen();
  const SeenKey key{1, region.site.reply().record.school, kPetya};
  SeenValues values;
  for (int i = 0; i < 40'000; ++i) {
    values["2026-11-23/" + std::to_string(1'000'000'000'000 + i) + "/1/1/1"] = "5";
  }
  seen.note(key, values, sync::Time{0});
  seen.write();
  const auto next = seen.note(key, values, sync::Time{2 * SeenStore::kVisitMs});
  REQUIRE(next.before);
  CHECK(next.before->values.size() > 10'000);
  CHECK(next.before->values.size() < values.size());
}

}  // namespace zimnik::hub::test
