// A family's calendar, as python3-icalendar reads it.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/commands/reschedule.h"
#include "schema/commands/school.h"
#include "schema/query.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {
namespace {

using sync::Command;

const std::string kPassword = "пароль подлиннее";

/// The mother, who has a calendar.
struct Calendar {
  Calendar() : mother(region.hub.web_port()) {
    mother.post(
        "/activate",
        {{"code", kMotherCode}, {"login", "mama"}, {"password", kPassword}, {"again", kPassword}});
    path = new_path();
  }

  std::string new_path() {
    const auto page = mother.post("/delivery/calendar", {});
    const auto at = page.body.find("&#x2F;calendar&#x2F;");
    REQUIRE(at != std::string::npos);
    return "/calendar/" + page.body.substr(at + 20, 36);
  }
  Page get() { return Browser(region.hub.web_port()).get(path); }
  /// A line for each time that something comes, as the program reads it.
  std::string read() {
    const auto page = get();
    REQUIRE(page.status == 200);
    const auto file = folder.file("feed.ics"), errors = folder.file("errors");
    std::ofstream(file, std::ios::binary) << page.body;
    const auto command = "/usr/bin/python3 -B " + std::string(ZIMNIK_SOURCE_DIR) +
                         "/tests/hub/delivery/read_calendar.py " + file + " 2>" + errors;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string said;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      said.append(buffer.data(), size);
    }
    const int code = ::pclose(pipe);
    std::ifstream error(errors);
    INFO(std::string(std::istreambuf_iterator<char>(error), {}));
    REQUIRE(code == 0);
    return said;
  }
  void write(const std::function<void(Command&)>& command) {
    region.site.write(command);
    REQUIRE(region.site.exchange().end == net::ExchangeReport::End::in_step);
  }

  net::test::Folder folder;
  SmallRegion region;
  Browser mother;
  std::string path;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// As other sites may write it: it isn't held at all.
void take_off(Command& run, const journal::LessonKey& lesson) {
  journal::put(run, "rescheduled_lesson",
               {lesson.course, journal::date_value(lesson.date), lesson.number}, "move",
               {sync::Null{}, sync::Null{}, journal::text_value("17-у")});
}

std::string algebra_on(journal::Date date) {
  return date.text() + " 08:30-09:10 +0500|Пётр: Алгебра|12|Самбиндалова Анна Ильинична|";
}

}  // namespace

TEST_CASE("lessons come every week at their time, of the family's children alone") {
  Calendar calendar;
  const auto said = calendar.read();
  INFO(said);
  for (const int week : {-7, 0, 7}) {
    if (this_monday().plus(week).school_year() != this_monday().school_year()) continue;
    CHECK(has(said, algebra_on(this_monday().plus(week)) + "\n"));
  }
  CHECK(has(said, "Дарья: Алгебра"));
  CHECK_FALSE(has(said, "Вера"));
  for (const char* mark : {"Молодец", "Линейные"}) CHECK_FALSE(has(said, mark));
}

TEST_CASE("a substitution, a move, a lesson that was taken off and a day off are as they are") {
  Calendar calendar;
  const auto monday = this_monday();
  CHECK(has(calendar.read(),
            monday.text() + ".." + monday.text() + "|Пётр: История|12|Замена: Вынгилев О. П.|"));
  calendar.write([&](Command& run) {
    journal::open_lesson(run, {kAlgebraCourse, monday.plus(8), 1}, {11, {}, ""});
    journal::reschedule_lesson(run, {kAlgebraCourse, monday.plus(7), 1},
                               {kAlgebraCourse, monday.plus(8), 1}, "17-у");
    take_off(run, {kHistoryCourse, monday.plus(7), 2});
    journal::set_day_off(run, monday.plus(14), "Карантин");
  });
  const auto said = calendar.read();
  INFO(said);
  CHECK_FALSE(has(said, algebra_on(monday.plus(7))));
  CHECK(has(said, algebra_on(monday.plus(8))));
  CHECK(has(said, monday.plus(7).text() + ".." + monday.plus(7).text() +
                      "|Пётр: История|12|Самбиндалова Анна Ильинична|CANCELLED"));
  CHECK_FALSE(has(said, algebra_on(monday.plus(14))));
  CHECK(has(said, monday.plus(14).text() + ".." + monday.plus(14).text() + "|Карантин"));
}

TEST_CASE("a calendar that hasn't changed isn't sent again") {
  Calendar calendar;
  const auto first = calendar.get();
  CHECK(has(first.head, "Content-Type: text/calendar; charset=utf-8"));
  const auto at = first.head.find("ETag: ");
  REQUIRE(at != std::string::npos);
  const auto tag = first.head.substr(at + 6, first.head.find("\r\n", at) - at - 6);
  Browser program(calendar.region.hub.web_port());
  program.headers = "If-None-Match: " + tag + "\r\n";
  const auto again = program.get(calendar.path);
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  calendar.write([](Command& run) { journal::set_day_off(run, this_monday(), "Карантин"); });
  CHECK(program.get(calendar.path).status == 200);
}

TEST_CASE("a new address ends the older one, a refusal empties the calendar, closing ends it") {
  Calendar calendar;
  const auto older = calendar.path;
  calendar.path = calendar.new_path();
  CHECK(Browser(calendar.region.hub.web_port()).get(older).status == 404);
  CHECK(has(calendar.get().body, "BEGIN:VEVENT"));
  give_consent(calendar.region.site, kMother, false);
  calendar.region.site.exchange();
  const auto refused = calendar.get();
  CHECK(refused.status == 200);
  CHECK_FALSE(has(refused.body, "BEGIN:VEVENT"));
  calendar.mother.post("/delivery/calendar/close", {});
  CHECK(calendar.get().status == 404);
}

TEST_CASE("a school's time zone that is no name of one puts nothing into the calendar") {
  Calendar calendar;
  const auto before = calendar.get().body;
  REQUIRE(has(before, "DTSTART;TZID=Asia/Yekaterinburg:"));
  for (const std::string zone :
       {"Europe/Moscow\r\nATTENDEE:mailto:x@example.ru", "Europe/Moscow\nATTENDEE:x",
        "\rATTENDEE:x", "Europe/Moscow:X", "Europe/Moscow;VALUE=DATE", "\"Europe/Moscow\"",
        "Europe/Moscow,UTC", "Europe/Moscow ", "Москва", "\x7F", ""}) {
    INFO(zone);
    calendar.write([&](Command& run) {
      journal::put(run, "school", {std::int64_t{1}}, "clock", {journal::text_value(zone)});
    });
    CHECK(calendar.get().body == before);
  }
  CHECK(has(calendar.read(), algebra_on(this_monday())));
}

TEST_CASE("nor does a name that is too long for one, however often it would stand there") {
  Calendar calendar;
  const auto before = calendar.get().body;
  calendar.write([](Command& run) {
    journal::put(run, "school", {std::int64_t{1}}, "clock",
                 {journal::text_value(std::string(10'000, 'A'))});
  });
  CHECK(calendar.get().body == before);
}

TEST_CASE("wrong addresses bar neither the right one nor a sign-in from the same place") {
  Calendar calendar;
  Browser elsewhere(calendar.region.hub.web_port());
  elsewhere.address = "192.0.2.7";
  const std::string wrong = "/calendar/" + std::string(32, 'a') + ".ics";
  int not_found = 0;
  for (int i = 0; i < 200; ++i) not_found += elsewhere.get(wrong).status == 404 ? 1 : 0;
  CHECK(not_found == 200);
  CHECK(elsewhere.get(calendar.path).status == 200);
  CHECK(elsewhere.post("/", {{"login", "mama"}, {"password", kPassword}}).status == 303);
}

TEST_CASE("while a school is closed since a restore its families' calendars wait") {
  Calendar calendar;
  const auto now = calendar.region.hub->now();
  calendar.region.hub->recoveries().close(calendar.region.hub->schools().front()->id(),
                                          {now, now, {}});
  CHECK(calendar.get().status == 503);
}

}  // namespace zimnik::hub::test
