#include <catch2/catch.hpp>

#include "sync/core/crypto.h"
#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

const std::string kPassword = "пароль подлиннее";

Browser::Form activation(const std::string& code, const std::string& login) {
  return {{"code", code}, {"login", login}, {"password", kPassword}, {"again", kPassword}};
}

/// Somebody who has activated a code.
struct Visitor : Browser {
  Visitor(SmallRegion& region, const std::string& code, const std::string& login)
      : Browser(region.hub.web_port()) {
    const auto page = post("/activate", activation(code, login));
    INFO(page.body);
    REQUIRE(page.status == 303);
  }
};

std::string diary_of(std::int64_t pupil) { return "/diary/" + std::to_string(pupil); }

}  // namespace

TEST_CASE("a guardian with a code from the school chooses a password and reads the child's diary") {
  SmallRegion region;
  Visitor mother(region, "ABCD-efgh ijkl-mnop", "mama");
  const auto home = mother.get("/");
  CHECK(home.location == diary_of(kPetya));  // the first by name
  const auto page = mother.get(diary_of(kPetya));
  REQUIRE(page.status == 200);
  for (const char* text :
       {"Иванов Пётр, 7А", "Алгебра", "5<sub>×2</sub>", "Контрольная работа (вес 2). Молодец",
        "Линейные уравнения", "№ 341, &lt;342&gt;", "Не задано", "08:30–09:10", "каб. 12",
        "Замена: Вынгилев О. П., по расписанию — Самбиндалова А. И.",
        "(5·2) &#x2F; (2) = 10 &#x2F; 2 = 5,00", "1 четверть — <b>5</b>", "Данные школы на ",
        "Дарья, 7А", "Школа деревни Ясунт"}) {
    INFO(text);
    CHECK(page.has(text));
  }
  CHECK_FALSE(page.has("чужая отметка"));
  CHECK(mother.get(diary_of(kDasha)).has("<b>н</b> — не было на уроке"));
}

TEST_CASE("the week before and the week after are a link away") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto monday = this_monday();
  const auto page = mother.get(diary_of(kPetya));
  CHECK(page.has("?week=" + monday.plus(-7).text()));
  CHECK(page.has("?week=" + monday.plus(7).text()));
  const auto before = mother.get(diary_of(kPetya) + "?week=" + monday.plus(-7).text());
  CHECK(before.status == 200);
  CHECK_FALSE(before.has("Молодец"));
  CHECK(mother.get(diary_of(kPetya) + "?week=never").has("Молодец"));
}

TEST_CASE("a day, the results, a subject and what lies ahead are pages of the diary") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto diary = diary_of(kPetya);
  const auto week = mother.get(diary);
  CHECK(week.has(diary + "/day?day=" + this_monday().text()));
  const auto day = mother.get(diary + "/day?day=" + this_monday().text());
  CHECK(day.has("Линейные уравнения"));
  CHECK(day.has("?day=" + this_monday().plus(1).text()));
  CHECK_FALSE(day.has("Средние и итоги"));
  const auto results = mother.get(diary + "/results");
  CHECK(results.has("Алгебра"));
  CHECK(results.has("5,00"));
  const auto at = results.body.find(diary + "/subject/");
  REQUIRE(at != std::string::npos);
  const auto path = results.body.substr(at, results.body.find('"', at) - at);
  const auto subject = mother.get(path);
  for (const char* text : {"Алгебра", "Молодец", "Линейные уравнения", "Самбиндалова"}) {
    INFO(text);
    CHECK(subject.has(text));
  }
  const auto schedule = mother.get(diary + "/schedule");
  for (const char* text : {"Расписание на неделю", "08:30–09:10", "Самбиндалова"}) {
    INFO(text);
    CHECK(schedule.has(text));
  }
  for (const auto& page : {week, day, results, subject, schedule}) {
    CHECK(page.status == 200);
    CHECK(page.has("Данные школы на "));
    CHECK(page.size <= 14 * 1024);
  }
  CHECK(mother.get(diary + "/subject/1").status == 404);
  for (const char* part : {"/day", "/results", "/schedule", "/subject/1"}) {
    CHECK(mother.get(diary_of(kStranger) + part).status == 404);
    CHECK(Browser(region.hub.web_port()).get(diary + part).status == 403);
  }
}

TEST_CASE("who signed out is out, and comes in again with the password and not with another") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto old_cookies = mother.cookies;
  CHECK(mother.post("/leave", {}).status == 303);
  mother.cookies = old_cookies;
  CHECK(mother.get(diary_of(kPetya)).status == 403);
  const auto wrong = mother.post("/", {{"login", "mama"}, {"password", "пароль"}});
  CHECK(wrong.status == 403);
  CHECK(wrong.has("Неверный логин или пароль."));
  CHECK(mother.post("/", {{"login", "nobody"}, {"password", kPassword}}).status == 403);
  CHECK(mother.post("/", {{"login", " MAMA"}, {"password", kPassword}}).status == 303);
  CHECK(mother.get(diary_of(kPetya)).status == 200);
}

TEST_CASE("a code that the school didn't issue opens nothing, nor does one that was used") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  Browser other(region.hub.web_port());
  const auto wrong = other.post("/activate", activation("zzzzzzzzzzzzzzzz", "other"));
  CHECK(wrong.status == 403);
  CHECK(wrong.has("Такого кода нет"));
  const auto used = other.post("/activate", activation(kMotherCode, "other"));
  CHECK(used.status == 403);
  CHECK(used.has("Этот код уже использован"));
  CHECK(other.post("/activate", activation("", "other")).status == 403);
}

TEST_CASE("a login that is taken, a short password and two that differ leave the code unused") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  Browser other(region.hub.web_port());
  CHECK(other.post("/activate", activation(kOtherCode, "mama")).status == 409);
  CHECK(other.post("/activate", activation(kOtherCode, "мама")).status == 400);
  auto form = activation(kOtherCode, "papa");
  form[2].second = form[3].second = "short";
  CHECK(other.post("/activate", form).has("Пароль: не короче 8 знаков."));
  form[2].second = kPassword;
  CHECK(other.post("/activate", form).has("Пароли не совпадают."));
  CHECK(other.post("/activate", activation(kOtherCode, "papa")).status == 303);
}

TEST_CASE("another's child is as one who isn't there") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto page = mother.get(diary_of(kStranger));
  CHECK(page.status == 404);
  CHECK_FALSE(page.has("Тарлина"));
  // But for the address itself, which the page's own link has.
  const auto without = [](std::string body, std::int64_t pupil) {
    const auto address = "&#x2F;diary&#x2F;" + std::to_string(pupil);
    const auto at = body.find(address);
    REQUIRE(at != body.npos);
    return body.erase(at, address.size());
  };
  CHECK(without(page.body, kStranger) == without(mother.get(diary_of(999)).body, 999));
  CHECK(mother.get("/diary/99999999999999999999").status == 404);
  CHECK(Browser(region.hub.web_port()).get(diary_of(kPetya)).status == 403);
}

TEST_CASE("without consent the diary isn't shown, and the paper extract is named") {
  SmallRegion region;
  Visitor father(region, kFatherCode, "papa");
  for (const auto& path : {std::string("/"), diary_of(kPetya)}) {
    const auto page = father.get(path);
    CHECK(page.has("выписку на бумаге"));
    CHECK_FALSE(page.has("Алгебра"));
    CHECK_FALSE(page.has("Иванов"));
  }
  give_consent(region.site, kFather, true);
  region.site.exchange();
  CHECK(father.get(diary_of(kPetya)).has("Молодец"));
}

TEST_CASE("a refusal ends reading at once, for whom it is of alone") {
  SmallRegion region;
  give_consent(region.site, kFather, true);
  region.site.exchange();
  Visitor mother(region, kMotherCode, "mama"), father(region, kFatherCode, "papa");
  REQUIRE(mother.get(diary_of(kPetya)).status == 200);
  give_consent(region.site, kMother, false);
  region.site.exchange();
  const auto page = mother.get(diary_of(kPetya));
  CHECK(page.status == 403);
  CHECK(page.has("выписку на бумаге"));
  CHECK(father.get(diary_of(kPetya)).status == 200);
}

TEST_CASE("a diary is read while the school's replica is taking something in") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto locked = region.hub->find(region.site.reply().record.school)->lock();
  CHECK(mother.get(diary_of(kPetya)).has("Молодец"));
}

TEST_CASE("a newer code closes what the older one opened, and opens it anew") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  give_code(region.site, kMother, "newercodenewerco");
  region.site.exchange();
  CHECK(mother.get(diary_of(kPetya)).status == 404);
  Visitor again(region, "newercodenewerco", "mama");
  CHECK(again.get(diary_of(kPetya)).status == 200);
  CHECK(mother.get(diary_of(kPetya)).status == 403);  // the older account's session is over
}

TEST_CASE("who is signed in adds another school's or guardian's code to the account") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  CHECK(mother.post("/activate", {{"code", kOtherCode}}).status == 303);
  CHECK(mother.get(diary_of(kStranger)).has("чужая отметка"));
  CHECK(mother.get(diary_of(kPetya)).has("Вера, 7А"));
  // The same children once more: a child has one diary, for which one consent is enough.
  CHECK(mother.post("/activate", {{"code", kFatherCode}}).status == 303);
  const auto page = mother.get(diary_of(kPetya));
  CHECK(page.status == 200);
  CHECK(page.body.find("Дарья, 7А") == page.body.rfind("Дарья, 7А"));
}

TEST_CASE("ten wrong passwords bar a login, and many from one address the address") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  Browser attacker(region.hub.web_port());
  attacker.address = "203.0.113.7";
  for (int i = 0; i < 10; ++i) {
    CHECK(attacker.post("/", {{"login", "mama"}, {"password", "12345678"}}).status == 403);
  }
  CHECK(attacker.post("/", {{"login", "mama"}, {"password", "12345678"}}).status == 429);
  for (int i = 10; i < 50; ++i) {
    CHECK(attacker.post("/activate", {{"code", std::to_string(i)}}).status == 403);
  }
  CHECK(attacker.post("/activate", {{"code", kOtherCode}}).status == 429);
  Browser neighbour(region.hub.web_port());
  neighbour.address = "203.0.113.8";
  CHECK(neighbour.post("/activate", activation(kOtherCode, "papa")).status == 303);
}

TEST_CASE("a form from another site does nothing") {
  SmallRegion region;
  Browser misled(region.hub.web_port());
  for (const char* origin : {"https://evil.example", "null", ""}) {
    misled.origin = origin;
    CHECK(misled.post("/activate", activation(kMotherCode, "mama")).status == 403);
    CHECK(misled.post("/", {{"login", "mama"}, {"password", kPassword}}).status == 403);
    CHECK(misled.post("/leave", {}).status == 403);
  }
}

TEST_CASE("cookies are for this site's pages alone, and pages may load nothing") {
  SmallRegion region;
  Browser mother(region.hub.web_port());
  const auto page = mother.post("/activate", activation(kMotherCode, "mama"));
  CHECK(page.head.find("HttpOnly; SameSite=Strict\r\n") != std::string::npos);  // from localhost
  const auto diary = mother.get(diary_of(kPetya));
  CHECK(diary.head.find("Content-Security-Policy: default-src 'none'; script-src 'self'; ") !=
        std::string::npos);
  CHECK(diary.head.find("Cache-Control: no-store") != std::string::npos);
  const std::string script = "<script src=\"/static/offline.js\" defer></script>";
  const auto at = diary.body.find("<script");
  CHECK(diary.body.compare(at, script.size(), script) == 0);  // none stands in the page itself
  CHECK(diary.body.find("<script", at + 1) == std::string::npos);
}

TEST_CASE("pages are Russian or English, by the browser and by choice") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  mother.language = "en-GB,en;q=0.9";
  const auto page = mother.get(diary_of(kPetya));
  CHECK(page.has("<html lang=\"en\">"));
  CHECK(page.has("The school's data as of "));
  CHECK(page.has("Average: (5·2)"));
  CHECK(mother.get("/language?to=ru&from=/").status == 303);
  CHECK(mother.get(diary_of(kPetya)).has("Средний балл"));
  CHECK(mother.get("/language?to=xx&from=//elsewhere.example").status == 303);
  CHECK(mother.get(diary_of(kPetya)).has("Средний балл"));
}

TEST_CASE("nothing of a password, a code or a session lies in the hub's database as it is") {
  SmallRegion region;
  Visitor mother(region, kMotherCode, "mama");
  const auto token = mother.cookies.at("session");
  auto database = sync::Database::open_read_only(region.hub.data().database());
  auto rows = database.prepare(
      "SELECT count(*) FROM session, account, used_code WHERE instr(verifier, ?) "
      "OR session.hash = ? OR used_code.hash = ?");
  rows.bind_text(1, kPassword).bind_text(2, token).bind_text(3, kMotherCode);
  REQUIRE(rows.step());
  CHECK(rows.integer(0) == 0);
}

}  // namespace zimnik::hub::test
