#include "hub/console/leak.h"

#include <numeric>
#include <set>

#include "hub/access_log.h"
#include "hub/console/audit_trail.h"
#include "tests/hub/console/desk.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

/// A parent who reads the diary of the first of the children.
struct Mother : Browser {
  explicit Mother(SmallRegion& region) : Browser(region.hub.web_port()) {
    REQUIRE(post("/activate", {{"code", kMotherCode},
                               {"login", "mama"},
                               {"password", kDeskPassword},
                               {"again", kDeskPassword}})
                .status == 303);
  }
};

Browser::Form leak_form(const std::string& account, const std::string& school = "") {
  return {{"noticed", "2026-01-01T10:00"},
          {"what", "Пароль подсмотрели"},
          {"account", account},
          {"school", school},
          {"from", "2026-01-01T00:00"},
          {"until", "2150-01-01T00:00"}};
}

/// The numbers of persons that a page of a leak names.
std::set<std::string> persons_on(const Page& page) {
  const std::string begin = "<tr><td class=\"number\">";
  std::set<std::string> numbers;
  for (auto at = page.body.find(begin); at != std::string::npos; at = page.body.find(begin, at)) {
    at += begin.size();
    numbers.insert(page.body.substr(at, page.body.find('<', at) - at));
  }
  return numbers;
}

/// Where that page's link to the next one leads; empty where it has none.
std::string next_of(const Page& page, const std::string& leak) {
  const auto end = page.body.find("\" rel=\"next\"");
  if (end == std::string::npos) return "";
  const auto at = page.body.rfind(leak, end);
  return page.body.substr(at, end - at);
}

}  // namespace

TEST_CASE("a leak of a large region is listed by pages, each of them bounded, all of them whole") {
  constexpr std::size_t kPersons = 3100, kOnPage = 500, kPageBytes = 150'000;
  SmallRegion region;
  Mother mother(region);
  const auto account = region.hub->families().account_of("mama")->id;
  std::vector<std::int64_t> persons(kPersons);
  std::iota(persons.begin(), persons.end(), 100'000);
  const auto school = region.hub->schools().front()->id();
  region.hub->accesses().note({Reader::Kind::family, account}, school, persons, region.hub->now());
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto leak = anna.post("/leaks", leak_form("mama")).location;
  const Reader operator_of_it{Reader::Kind::console,
                              OperatorStore(region.hub->database()).find("anna")->id};
  std::set<std::string> seen;
  std::size_t pages = 0;
  for (auto path = leak; !path.empty() && pages < kPersons; ++pages) {
    const auto page = anna.get(path);
    REQUIRE(page.status == 200);
    CHECK(page.body.size() < kPageBytes);
    CHECK(page.has("затронуты: " + std::to_string(kPersons)));
    const auto its = persons_on(page);
    CHECK(its.size() <= kOnPage);
    seen.insert(its.begin(), its.end());
    path = next_of(page, leak);
    // Who opens a page has looked at those on it, and at no others.
    CHECK(region.hub->accesses().between({0}, region.hub->now(), operator_of_it).size() ==
          seen.size());
  }
  CHECK(seen.size() == kPersons);
  CHECK(pages == kPersons / kOnPage + 1);
  CHECK(anna.get(leak + "?page=7").has("Страница 7 из 7"));
  for (const char* number : {"8", "9223372036854775807"})
    CHECK(anna.get(leak + "?page=" + number).has("Страница 7 из 7"));
  for (const char* number : {"0", "-1", "x", ""})
    CHECK(anna.get(leak + "?page=" + number).has("Страница 1 из 7"));
}

TEST_CASE("a parent's looks at a diary are counted by child and day, and those refused aren't") {
  SmallRegion region;
  Mother mother(region);
  mother.get("/diary/" + std::to_string(kPetya));
  mother.get("/diary/" + std::to_string(kPetya));
  mother.get("/diary/" + std::to_string(kDasha));
  mother.get("/diary/" + std::to_string(kStranger));
  const auto now = region.hub->now();
  auto& log = region.hub->accesses();
  const auto looks = log.between({now.ms - 3'600'000}, now);
  REQUIRE(looks.size() == 2);
  CHECK(looks[0].person == kPetya);
  CHECK(looks[0].count == 2);
  CHECK(looks[1].person == kDasha);
  CHECK(log.between({now.ms + 3'600'000}, {now.ms + 7'200'000}).empty());
  CHECK(log.between({0}, now, Reader{Reader::Kind::console, looks[0].reader.account}).empty());
}

TEST_CASE("a leak of an account lists those whose records it opened, and no others") {
  SmallRegion region;
  Mother mother(region);
  mother.get("/diary/" + std::to_string(kPetya));
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto opened = anna.post("/leaks", leak_form("mama"));
  REQUIRE(opened.status == 303);
  const auto page = anna.get(opened.location);
  CHECK(page.has("10:00 01.01.2026"));
  CHECK(page.has("Иванов Пётр Сергеевич"));
  CHECK_FALSE(page.has("Тарлина"));
  CHECK_FALSE(page.has("Дарья"));
  CHECK(anna.get(anna.post("/leaks", leak_form("nobody")).location).has("Никого"));
}

TEST_CASE("a stolen machine's leak touches everybody in its school") {
  SmallRegion region;
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  const auto page = anna.get(anna.post("/leaks", leak_form("", region.school)).location);
  for (const char* name : {"Иванов Пётр", "Тарлина Вера", "Самбиндалова Анна"})
    CHECK(page.has(name));
}

TEST_CASE("who opens the list of those touched has looked at their records, and that is noted") {
  SmallRegion region;
  Mother mother(region);
  mother.get("/diary/" + std::to_string(kPetya));
  Desk anna(region.hub, "anna", OperatorRole::administrator);
  anna.get(anna.post("/leaks", leak_form("mama")).location);
  const auto id = OperatorStore(region.hub->database()).find("anna")->id;
  const auto looks =
      region.hub->accesses().between({0}, region.hub->now(), Reader{Reader::Kind::console, id});
  REQUIRE(looks.size() == 1);
  CHECK(looks[0].person == kPetya);
  const auto entries =
      AuditTrail(region.hub->database()).entries({"anna", "leak.read", {}, {}, 10});
  CHECK(entries.size() == 1);
}

TEST_CASE("the clocks run for 24 and 72 hours from when a leak was noticed, until each is sent") {
  RunningHub hub;
  LeakStore store(hub->database());
  Leak leak;
  leak.noticed = {1'000'000};
  leak.what = "x";
  const auto number = store.open(leak);
  const auto kept = store.find(number).value();
  CHECK(kept.notice_due().ms == 1'000'000 + 24 * 3'600'000);
  CHECK(kept.inquiry_due().ms == 1'000'000 + 72 * 3'600'000);
  store.note_notified(number, {5});
  store.note_notified(number, {6});
  CHECK(store.find(number)->notified->ms == 5);
  CHECK_FALSE(store.find(number)->inquired);
}

TEST_CASE("what isn't a leak's description, span or account is refused") {
  RunningHub hub;
  const auto school = hub.run({"school", "add", "Школа № 1"});
  Desk anna(hub, "anna", OperatorRole::administrator);
  const auto with = [](Browser::Form form, const std::string& name, const std::string& value) {
    for (auto& field : form) {
      if (field.first == name) field.second = value;
    }
    return form;
  };
  CHECK(anna.post("/leaks", with(leak_form(""), "noticed", "yesterday")).status == 409);
  CHECK(anna.post("/leaks", with(leak_form(""), "noticed", "2150-01-01T00:00")).status == 409);
  CHECK(anna.post("/leaks", with(leak_form(""), "what", "")).status == 409);
  CHECK(anna.post("/leaks", with(leak_form(""), "until", "2025-01-01T00:00")).status == 409);
  CHECK(anna.post("/leaks", leak_form("mama", school)).status == 409);
  CHECK(anna.get("/leaks").has("Утечек не отмечали."));
  CHECK(anna.get("/leaks/7").status == 404);
}

}  // namespace zimnik::hub::test
