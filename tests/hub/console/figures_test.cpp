#include "hub/console/school_figures.h"

#include <thread>

#include "tests/hub/console/desk.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

/// The page once the schools' figures are there, or the last that was seen.
Page with_figures(Browser& browser, const std::string& path) {
  Page page;
  for (int i = 0; i < 200; ++i) {
    page = browser.get(path);
    if (page.status != 200 || !page.has("показателей ещё нет")) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return page;
}

}  // namespace

TEST_CASE("a school's figures are what its journal holds") {
  SmallRegion region;
  sync::EntryTimes times;
  auto& school = *region.hub->find(region.site.reply().record.school);
  const auto figures = figures_of(*region.hub, school, times);
  CHECK(figures.pupils == 3);
  CHECK(figures.period == "q1");
  CHECK(figures.results.fives + figures.results.fours + figures.results.threes +
            figures.results.twos + figures.results.not_assessed + figures.results.without ==
        3);
  CHECK(figures.days.size() == std::size_t{SchoolFigures::kDays});
  const auto monday = figures.days.find(this_monday());
  REQUIRE(monday != figures.days.end());
  CHECK(monday->second.missed == 1);
  CHECK(monday->second.unexcused == 1);
  CHECK(figures.readiness.size() == 11);
}

TEST_CASE("figures that were kept are those that were computed") {
  SmallRegion region;
  sync::EntryTimes times;
  const auto id = region.site.reply().record.school;
  const auto figures = figures_of(*region.hub, *region.hub->find(id), times);
  FiguresStore store(region.hub->database());
  store.save(id, figures);
  const auto kept = store.last(id).value();
  CHECK(kept.at == figures.at);
  CHECK(kept.pupils == figures.pupils);
  CHECK(kept.results.fives == figures.results.fives);
  CHECK(kept.results.without == figures.results.without);
  CHECK(kept.ready() == figures.ready());
  CHECK(kept.days.size() == figures.days.size());
  CHECK(kept.days.at(this_monday()).missed == 1);
  CHECK_FALSE(store.last(sync::SchoolId::from(std::string(sync::SchoolId::kSize, 'x'))));
}

TEST_CASE("an authority sees the figures of its own schools, nobody's name, and nothing else") {
  SmallRegion region;
  region.hub.run({"school", "add", "Чужая школа"});
  Desk ouo(region.hub, "ouo", OperatorRole::authority, {region.school});
  CHECK(ouo.visit("/").has("Показатели"));
  for (const char* path : {"/figures", "/readiness"}) {
    const auto page = with_figures(ouo, path);
    CHECK(page.status == 200);
    CHECK(page.has("Школа деревни Ясунт"));
    CHECK_FALSE(page.has("Чужая школа"));
    for (const char* name : {"Иванов", "Тарлин", "Самбиндалов"}) CHECK_FALSE(page.has(name));
  }
  CHECK(ouo.get("/figures").has("<svg class=\"chart\""));
  CHECK(ouo.get("/school/" + region.school).status == 403);
  CHECK(ouo.get("/audit").status == 403);
}

TEST_CASE("an administrator sees the figures of all schools") {
  SmallRegion region;
  region.hub.run({"school", "add", "Вторая школа"});
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto page = with_figures(anna, "/figures");
  CHECK(page.has("Школа деревни Ясунт"));
  CHECK(page.has("Вторая школа"));
}

}  // namespace zimnik::hub::test
