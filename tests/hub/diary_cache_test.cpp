#include "hub/web/diary_cache.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/ids.h"
#include "tests/hub/family_browser.h"

namespace zimnik::hub::test {
namespace {

constexpr std::int64_t kHourMs = 3600 * 1000;

struct Mother : FamilyBrowser {
  using FamilyBrowser::FamilyBrowser;
  Page diary() { return get("/diary/" + std::to_string(kPetya)); }
};

KeptPage page_of(std::size_t bytes) {
  KeptPage page;
  page.response.body = std::string(bytes, 'x');
  return page;
}

}  // namespace

TEST_CASE("a page that is asked for again is the same, until the school has written") {
  SmallRegion region;
  Mother mother(region);
  const auto page = mother.diary();
  CHECK(mother.diary().body == page.body);
  region.site.write([](sync::Command& run) {
    journal::add_message(run, journal::new_id(this_monday().school_year()),
                         {kPetya, 0, "Завтра экскурсия", kOther, system_time()});
  });
  region.site.exchange();
  CHECK(mother.diary().has("новых: 1"));
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
