// Every free text of a school is hostile: none of it becomes markup, a header or a line of its own
// wherever it reaches a reader.
#include <catch2/catch.hpp>
#include <set>

#include "hub/console/routes.h"
#include "hub/web/routes.h"
#include "schema/commands/family.h"
#include "schema/commands/lesson_work.h"
#include "schema/ids.h"
#include "schema/query.h"
#include "schema/tables.h"
#include "tests/hub/console/desk.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

const std::string kPoison =
    "<script>alert(\"1\")</script>'\"><img src=x onerror=alert(1)>{{name}}\r\nX-Injected: "
    "1\r\n\r\n;,";

/// Texts that aren't free: words of the schema, days, times, and what is told apart by them.
const std::set<std::string> kBound = {
    "kind",   "since",       "until",         "date",     "starts",       "ends",     "state",
    "code",   "birth_date",  "protocol_date", "period",   "basis",        "reason",   "purpose",
    "due",    "login",       "verifier",      "role",     "time_zone",    "to_date",  "closed_over",
    "source", "letter_case", "duty",          "language", "absence_text", "code_hash"};

/// All of them, but for keys, which tell rows apart.
void poison(sync::Command& command) {
  for (const auto& table : journal::journal_schema().tables) {
    for (const auto& group : table.groups) {
      for (const auto& column : group.columns) {
        if (column.type != sync::ColumnType::text || kBound.contains(column.name)) continue;
        journal::each_row(command.database(),
                          "UPDATE " + table.name + " SET " + column.name + " = ? WHERE " +
                              column.name + " IS NOT NULL AND " + column.name + " <> ''",
                          {journal::text_value(kPoison)}, [](const sync::Statement&) {});
      }
    }
  }
}

/// Some of each that the small school hasn't.
void add_texts(sync::Command& command) {
  const auto year = this_monday().school_year();
  journal::add_remark(command, journal::new_id(year), algebra(), kPetya, "замечание");
  journal::set_lesson_work(command, algebra(), 1, {{}, {}, "работа"});
  journal::add_message(command, journal::new_id(year),
                       {kPetya, 0, "письмо", kOther, system_time()});
  journal::announce_absence(
      command, {kPetya, this_monday(), this_monday().plus(20), "едем", kMother, system_time()},
      this_monday());
}

void check_clean(const std::string& where, const std::string& text) {
  INFO(where);
  CHECK(text.find("<script>alert") == std::string::npos);
  CHECK(text.find("<img src=x") == std::string::npos);
  CHECK(text.find("\"><img") == std::string::npos);
}

/// Letters and calendars also have lines of their own.
void check_lines(const std::string& where, const std::string& text) {
  INFO(where);
  CHECK(text.find("\nX-Injected") == std::string::npos);
}

struct Poisoned : Mailing {
  Poisoned() {
    const auto account = open_account(kMotherCode, "mama");
    subscribe(account, kMotherAddress, {LetterKind::absences, LetterKind::marks, LetterKind::week});
    REQUIRE(browser.post("/", {{"login", "mama"}, {"password", "пароль подлиннее"}}).status == 303);
    REQUIRE(browser.get("/diary/" + std::to_string(kPetya)).status == 200);
    write(add_texts);
    exchange();
    write(poison);
    exchange();
  }
  Browser browser{region.hub.web_port()};
};

/// The address of a route, its places filled.
std::string address_of(std::string pattern, const std::map<std::string, std::string>& places) {
  for (const auto& [name, value] : places) {
    const auto at = pattern.find("{" + name + "}");
    if (at != std::string::npos) pattern.replace(at, name.size() + 2, value);
  }
  return pattern;
}

/// There is nothing to confirm where nobody comes back from a provider.
const std::string kNothingFound = "/own/identity/confirm";

}  // namespace

TEST_CASE("hostile texts stay texts on each page of the families' site, in both languages") {
  Poisoned poisoned;
  poisoned.pass(2 * kHourMs);  // the next visit: what was corrected is named
  const std::map<std::string, std::string> places{{"pupil", std::to_string(kPetya)},
                                                  {"subject", "801"}};
  std::size_t shown = 0;
  for (const char* language : {"ru", "en"}) {
    poisoned.browser.language = language;
    for (const auto& route : family_routes()) {
      if (std::string(route.method) != "GET") continue;
      const auto path = address_of(route.pattern, places);
      const auto page = poisoned.browser.get(path);
      INFO(path);
      CHECK(page.status == (path == kNothingFound ? 403 : 200));
      check_clean(path, page.body);
      check_lines(path, page.head);
      if (page.has("&lt;script&gt;alert")) ++shown;
    }
  }
  CHECK(shown >= 16);  // the texts do reach the pages
}

TEST_CASE("hostile texts stay texts on each page of the console") {
  Poisoned poisoned;
  poisoned.browser.get("/diary/" + std::to_string(kPetya));
  auto& hub = poisoned.region.hub;
  Desk anna(hub, "anna", OperatorRole::administrator);
  const auto leak = anna.post("/leaks", {{"what", kPoison},
                                         {"account", "mama"},
                                         {"noticed", "2020-01-01T00:00"},
                                         {"from", "2020-01-01T00:00"},
                                         {"until", "2100-01-01T00:00"}});
  REQUIRE(leak.status == 303);
  REQUIRE(anna.post("/schools", {{"name", kPoison}}).status < 500);
  const std::map<std::string, std::string> places{{"school", poisoned.region.school},
                                                  {"site", poisoned.region.site.id().hex()},
                                                  {"number", "1"}};
  for (const auto& route : console_routes()) {
    if (std::string(route.method) != "GET") continue;
    const auto path = address_of(route.pattern, places);
    const auto page = anna.get(path);
    INFO(path);
    CHECK(page.status < 500);
    check_clean(path, page.body);
    check_lines(path, page.head);
  }
  CHECK(anna.get(leak.location).has("&lt;script&gt;alert"));
}

TEST_CASE("hostile texts stay texts in letters and calendars, and make no lines of their own") {
  Poisoned poisoned;
  poisoned.write_absence(kPetya, history());
  poisoned.write([](sync::Command& run) {
    journal::each_row(run.database(), "UPDATE school SET absence_message = ?",
                      {journal::text_value(kPoison + " {ученик}")}, [](const sync::Statement&) {});
  });
  poisoned.exchange();
  poisoned.pass_to(19);
  poisoned.scan();
  poisoned.pass(7 * kDayMs);
  poisoned.scan();
  while (poisoned.send() > 0) {
  }
  const auto letters = poisoned.server.letters();
  CHECK(letters.size() >= 2);
  for (const auto& letter : letters) {
    check_clean(letter.subject, letter.html);
    check_lines("head", letter.head);
    check_lines("subject", letter.subject);
    CHECK(letter.to == kMotherAddress);
  }
  const auto page = poisoned.browser.post("/delivery/calendar", {});
  const auto at = page.body.find("&#x2F;calendar&#x2F;");
  REQUIRE(at != std::string::npos);
  const auto feed = poisoned.browser.get("/calendar/" + page.body.substr(at + 20, 36));
  REQUIRE(feed.status == 200);
  CHECK(feed.has("SUMMARY"));
  check_lines("calendar", feed.body);
}

}  // namespace zimnik::hub::test
