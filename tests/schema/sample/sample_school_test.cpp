#include "schema/sample/sample_school.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "schema/access.h"
#include "schema/read/diary_week.h"
#include "schema/read/family.h"
#include "schema/read/journal_page.h"
#include "schema/tables.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal::sample {
namespace {

using sync::test::Node;

SampleOptions small_options() {
  SampleOptions options;
  options.pupils = 60;
  options.until = journal::test::day("2025-09-19");
  options.verifier = [](const std::string& login) { return "verifier of " + login; };
  return options;
}

Node node_for(const SampleSchool& school, const std::string& name = "a") {
  auto setup = journal::test::journal_setup();
  for (const auto person : school.people()) {
    setup.keys.add_person_key(person, sync::test::some_key(std::to_string(person)));
  }
  return Node(name, setup);
}

std::int64_t count(Node& node, const std::string& sql) { return std::stoll(node.read(sql)); }

double milliseconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

TEST_CASE("the same options make the same school, another seed another one") {
  const SampleSchool one(small_options()), same(small_options());
  auto options = small_options();
  options.seed = 2;
  CHECK(one.people() == same.people());
  CHECK(one.people() != SampleSchool(options).people());
}

TEST_CASE("on any day of the year there is a school with weeks of lessons behind it") {
  for (int month = 1; month <= 12; ++month) {
    for (const int day : {1, 5, 14, 15}) {
      const auto today = *Date::from(2026, month, day);
      auto options = options_as_of(today);
      options.pupils = 60;
      const auto days = SampleSchool(options).school_days();
      INFO(today.text());
      REQUIRE(days.size() >= 10);
      CHECK(days.back() <= today);
      CHECK(days.front().school_year() == options.year);
      CHECK(today.days() - days.back().days() < 120);
    }
  }
}

TEST_CASE("a sample school is whole: people, rights, lessons, marks, absences, consents") {
  const SampleSchool school(small_options());
  auto node = node_for(school);
  fill(*node, school);
  CHECK(count(node, "SELECT count(*) FROM enrolment") == 60);
  CHECK(count(node, "SELECT count(*) FROM branch") == 2);
  CHECK(count(node, "SELECT count(*) FROM account") ==
        static_cast<std::int64_t>(school.staff().size()));
  CHECK(count(node, "SELECT count(*) FROM lesson") > 500);
  CHECK(count(node, "SELECT count(*) FROM mark") > 1000);
  CHECK(count(node, "SELECT count(*) FROM attendance") > 50);
  CHECK(count(node, "SELECT count(*) FROM excuse") > 5);
  CHECK(count(node, "SELECT count(*) FROM lesson WHERE order_number IS NOT NULL") > 0);
  CHECK(count(node, "SELECT count(DISTINCT state) FROM consent") == 2);
  CHECK(node.read("SELECT * FROM zimnik_listed").empty());
  CHECK(node->flags().empty());
  node->sign_heads(node.now);
  CHECK(node->verify().empty());
  // Nobody teaches, or learns, two lessons at once in the main building.
  CHECK(node.read("SELECT t.weekday FROM timetable t JOIN course c ON c.id = t.course "
                  "JOIN school_class k ON k.id = c.school_class WHERE k.letter <> 'Ф' "
                  "GROUP BY c.teacher, t.weekday, t.number HAVING count(*) > 1")
            .empty());
  for (const auto& guardian : school.guardians()) {
    CHECK(may_read_electronically(node->database(), guardian.person) == guardian.has_consented);
  }
  const auto today = journal::test::day("2025-09-19");
  const auto& principal = school.staff().front();
  CHECK(has_role(node->database(), principal.person, Role::principal, today));
}

TEST_CASE("two buildings write their own lessons, and come to one journal") {
  const SampleSchool school(small_options());
  auto main = node_for(school, "a"), branch = node_for(school, "b");
  const auto write_to = [](Node& node) {
    return [&node](sync::Entry entry, const std::function<void(sync::Command&)>& command) {
      entry.seen = node->seen();
      node->write(entry, command);
    };
  };
  main->batch([&] { school.write_structure(write_to(main)); });
  sync::test::exchange(main, branch);
  for (const auto day : school.school_days()) {
    main->batch([&] { school.write_day(day, Site::main, write_to(main)); });
    branch->batch([&] { school.write_day(day, Site::branch, write_to(branch)); });
  }
  sync::test::exchange(main, branch);
  CHECK(main.everything() == branch.everything());
  CHECK(main.read("SELECT * FROM zimnik_listed").empty());
  auto whole = node_for(school, "c");
  fill(*whole, school);
  CHECK(main.everything() == whole.everything());
}

TEST_CASE("a school of 250 pupils is written in seconds, its pages read in milliseconds") {
  SampleOptions options;
  options.until = journal::test::day("2025-10-31");
  const SampleSchool school(options);
  auto node = node_for(school);
  const double written = milliseconds([&] { fill(*node, school); });
  const auto course =
      count(node, "SELECT course FROM mark GROUP BY course ORDER BY count(*) DESC LIMIT 1");
  const auto pupil = count(node, "SELECT max(pupil) FROM mark");
  const auto from = journal::test::day("2025-09-01"), to = journal::test::day("2025-10-24");
  std::optional<JournalPage> page;
  std::optional<DiaryWeek> week;
  const double page_read =
      milliseconds([&] { page = journal_page(node->database(), course, from, to); });
  const double week_read = milliseconds([&] { week = diary_week(node->database(), pupil, to); });
  INFO("written in " << written << " ms: " << node->seen().arrival << " entries, "
                     << node.read("SELECT count(*) FROM mark") << " marks; page "
                     << page->pupils.size() << " x " << page->lessons.size() << ": " << page_read
                     << " ms; diary: " << week_read << " ms");
  CHECK(page->pupils.size() > 10);
  CHECK(page->pupils[0].finals.at(0).value.size() > 0);
  CHECK(week->subjects.size() > 5);
  // Wide bounds: a sanitizer and other work may slow it tenfold.
  CHECK(written < 120'000);
  CHECK(page_read < 1000);
  CHECK(week_read < 1000);
}

}  // namespace
}  // namespace zimnik::journal::sample
