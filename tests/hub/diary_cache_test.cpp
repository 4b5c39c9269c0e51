#include "hub/web/diary_cache.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/ids.h"
#include "sync/store/database.h"
#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kHourMs = 3600 * 1000;

struct Mother : FamilyBrowser {
  using FamilyBrowser::FamilyBrowser;
  Page diary() { return get("/diary/" + std::to_string(kPetya)); }
};

const std::string kDiary = "/diary/" + std::to_string(kPetya);

/// What no code does: the school's file has this homework from now on, and nobody was told. A page
/// without it was kept.
void slip_in(SmallRegion& region, const std::string& homework) {
  sync::Database::open(region.hub.data().replica(region.hub->schools().front()->id()))
      .execute("UPDATE lesson SET homework = '" + homework + "' WHERE homework IS NOT NULL");
}

KeptPage page_of(std::size_t bytes) {
  KeptPage page;
  page.response.body = std::string(bytes, 'x');
  return page;
}

}  // namespace

TEST_CASE("a page that is asked for again isn't made anew, until the school has written") {
  SmallRegion region;
  Mother mother(region);
  const auto page = mother.diary();
  slip_in(region, "подложено");
  CHECK(mother.diary().body == page.body);
  CHECK(mother.get(kDiary + "/day?day=" + this_monday().text()).has("подложено"));  // another page
  region.site.write([](sync::Command& run) {
    journal::add_message(run, journal::new_id(this_monday().school_year()),
                         {kPetya, 0, "Завтра экскурсия", kOther, system_time()});
  });
  region.site.exchange();
  CHECK(mother.diary().has("новых: 1"));
  CHECK(mother.diary().has("подложено"));
}

TEST_CASE("a page has one place in the cache, however its address is spelled") {
  SmallRegion region;
  Mother mother(region);
  const auto page = mother.diary();
  const auto week = mother.get(kDiary + "?week=" + this_monday().text());
  slip_in(region, "подложено");
  for (const char* end : {"?", "?x=1", "?week=", "?week=x", "?day=2026-99-99",
                          "?week=x&week=2026-11-23", "?week=%32026-11-23%20"}) {
    INFO(end);
    CHECK(mother.get(kDiary + end).body == page.body);
  }
  CHECK(mother.get("/diary/%32%31").body == page.body);
  CHECK(mother.get("/%64iary/2%31").body == page.body);
  CHECK(mother.get(kDiary + "?x=1&week=" + this_monday().text() + "&week=x").body == week.body);
}

TEST_CASE("a pupil's or a subject's number in any other spelling is nobody's") {
  SmallRegion region;
  Mother mother(region);
  REQUIRE(mother.get("/diary/21").status == 200);
  REQUIRE(mother.get("/diary/21/subject/801").status == 200);
  for (const std::string number :
       {"021", "0000000021", "+21", "%2B21", "%2021", "21%20", "21.0", "0x15", "21%09", "-21",
        "2e1", "%D9%A2%D9%A1", "18446744073709551637"}) {
    INFO(number);
    for (const char* end :
         {"", "/day", "/results", "/schedule", "/messages", "/absence", "?week=x"}) {
      CHECK(mother.get("/diary/" + number + end).status == 404);
    }
    CHECK(mother.get("/diary/" + number + "/subject/801").status == 404);
  }
  for (const char* path : {"/diary/21/", "/diary//21", "//diary/21", "/diary/21/subject/0801",
                           "/diary/21/subject/+801", "/diary/21/subject/%20801"}) {
    INFO(path);
    CHECK(mother.get(path).status == 404);
  }
}

TEST_CASE("each language, week and account has its own page") {
  SmallRegion region;
  Mother mother(region);
  CHECK(mother.diary().has("Неделя"));
  mother.language = "en";
  CHECK(mother.diary().has("Week"));
  mother.language = "ru";
  CHECK(mother.diary().has("Неделя"));
  const auto path = "/diary/" + std::to_string(kPetya);
  CHECK_FALSE(mother.get(path + "?week=" + this_monday().plus(-7).text()).has("Молодец"));
  CHECK(mother.get(path).has("Молодец"));
  Browser stranger(region.hub.web_port());
  CHECK(stranger.get(path).status == 403);
}

TEST_CASE("a new code, and the next day, end what was kept") {
  std::atomic<std::int64_t> ahead = 0;
  SmallRegion region([&] { return sync::Time{system_time().ms + ahead}; });
  Mother mother(region);
  const auto today = mother.diary();
  ahead = 24 * kHourMs;
  CHECK(mother.diary().body != today.body);  // another day is marked
  give_code(region.site, kMother, "zzzzefghijklmnop");
  region.site.exchange();
  CHECK(mother.diary().status != 200);
}

TEST_CASE("a school that is closed since a restore isn't read from what was kept") {
  SmallRegion region;
  Mother mother(region);
  REQUIRE(mother.diary().status == 200);
  const auto now = region.hub->now();
  region.hub->recoveries().close(region.hub->schools().front()->id(), {now, now, {}});
  CHECK(mother.diary().status == 503);
}

TEST_CASE("each look at a page that was kept counts") {
  SmallRegion region;
  Mother mother(region);
  for (int i = 0; i < 3; ++i) mother.diary();
  const auto looks = region.hub->accesses().between({0}, region.hub->now());
  REQUIRE(looks.size() == 1);
  CHECK(looks[0].count == 3);
}

TEST_CASE("of pages over the bound the oldest go") {
  DiaryCache cache;
  const DiaryCache::Key first{1, "/a", "ru", true}, second{1, "/b", "ru", true},
      third{2, "/a", "ru", true};
  cache.keep(first, page_of(DiaryCache::kMostBytes / 2));
  cache.keep(second, page_of(DiaryCache::kMostBytes / 2));
  cache.keep(second, page_of(DiaryCache::kMostBytes / 2));  // in its own place
  CHECK(cache.find(first));
  cache.keep(third, page_of(1));
  CHECK_FALSE(cache.find(first));
  CHECK(cache.find(second));
  CHECK(cache.find(third));
}

}  // namespace zimnik::hub::test
