// Timetables, of our own kind of file and of FET's.
#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/import/slots.h"
#include "tests/schema/import/import.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

const std::string kHeading = "Класс;Подгруппа;День;Урок;Предмет;Учитель;Кабинет\n";
const std::string kFetHeading =
    "\"Activity Id\",\"Day\",\"Hour\",\"Students Sets\",\"Subject\",\"Teachers\",\"Activity Tags\","
    "\"Room\",\"Comments\"\n";
const std::string kSlots =
    "SELECT weekday, number, since, until, room FROM timetable WHERE course = 901 "
    "ORDER BY weekday, since";

ImportOptions since(const std::string& text) {
  auto made = options();
  made.since = day(text);
  return made;
}

TEST_CASE("days of the week are read by name, short name and number, in both languages") {
  for (const auto* text : {"понедельник", "ПН", "Пн.", "Monday", "mon", "1"}) {
    CHECK(weekday_from(text) == 1);
  }
  CHECK(weekday_from("суббота") == 6);
  CHECK(weekday_from("четверг") == 4);
  CHECK(weekday_from("sunday") == 7);
  for (const auto* text : {"", "8", "никогда"}) CHECK_FALSE(weekday_from(text));
}

TEST_CASE("for the classes of the file it is the whole timetable from a day on") {
  auto node = school_node();
  const auto text = kHeading + "7А;;понедельник;2;Алгебра;;14\n7А;;пятница;3;Алгебра;;\n";
  CHECK(changes_of(bring_in(node, kTimetableFile, text, since("2025-09-08"))) ==
        "~понедельник, урок 2: 7А, Алгебра; кабинет: 12 → 14\n"
        "+пятница, урок 3: 7А, Алгебра; с 08.09.2025\n"
        "-среда, урок 2: 7А, Алгебра; последний день: 07.09.2025\n");
  CHECK(node.read(kSlots) ==
        "1,2,2025-09-01,-,14\n3,2,2025-09-01,2025-09-07,12\n5,3,2025-09-08,-,-");
  CHECK(node.read("SELECT count(*) FROM timetable WHERE course = 902 AND until IS NULL") == "1");
  CHECK(look(node, kTimetableFile, text, since("2025-09-08")).changes_nothing());
}

TEST_CASE("a lesson that hadn't begun by then is taken away, not ended before it began") {
  auto node = school_node();
  const auto text = kHeading + "7А;;понедельник;2;Алгебра;;12\n";
  bring_in(node, kTimetableFile, text, since("2025-09-01"));
  CHECK(node.read(kSlots) == "1,2,2025-09-01,-,12");
}

TEST_CASE("what a timetable can't have is named with its line") {
  auto node = school_node();
  node.save([](sync::Command& run) {
    set_subject(run, 802, "Физика");
    set_course(run, 903, 802, kClassA, {});
  });
  const auto text = kHeading + "7А;;понедельник;2;Алгебра;;\n7А;;понедельник;2;Алгебра;;\n" +
                    "7А;;понедельник;2;Физика;;\n7А;;сегодня;17;Алгебра;;\n" +
                    "7А;;пн;1;Химия;;\n7А;9 группа;пн;1;Алгебра;;\n7А;;пн;1;Алгебра;Вынгилев;\n";
  CHECK(faults_of(look(node, kTimetableFile, text)) ==
        "строка 3: повторяет строку 2\n"
        "строка 4: в этот урок уже стоит 7А, Алгебра, строка 2\n"
        "строка 5: день «сегодня»: нужен день недели\n"
        "строка 5: урок «17»: нужно число от 0 до 16\n"
        "строка 6: предмета «Химия» нет\n"
        "строка 7: в классе 7А нет подгруппы «9 группа»\n"
        "строка 8: такого журнала нет: сначала внесите нагрузку\n");
}

TEST_CASE("FET's file names several sets and teachers by plus, and hours by number or bell") {
  auto node = school_node();
  const auto text =
      kFetHeading +
      "\"1\",\"Monday\",\"2\",\"7А+7Б\",\"Алгебра\",\"Самбиндалова А. И.\",\"\",\"12\",\"\"\n"
      "\"1\",\"Wednesday\",\"09:20\",\"7А\",\"Алгебра\",\"\",\"\",\"12\",\"\"\n"
      "\"2\",\"Friday\",\"3\",\"\",\"Педсовет\",\"\",\"\",\"\",\"\"\n";
  const auto with = since("2025-09-01");
  // A row without students is a meeting: its subject is none of ours.
  CHECK(changes_of(bring_in(node, kFetFile, text, with)) ==
        "+понедельник, урок 2: 7Б, Алгебра; с 01.09.2025\n-вторник, урок 2: 7Б, Алгебра\n");
  CHECK(look(node, kFetFile, text, with).changes_nothing());
  const auto bad = kFetHeading +
                   "\"1\",\"Funday\",\"2\",\"7А\",\"Алгебра\",\"\",\"\",\"\",\"\"\n"
                   "\"1\",\"Monday\",\"11:11\",\"7А\",\"Алгебра\",\"\",\"\",\"\",\"\"\n"
                   "\"1\",\"Monday\",\"2\",\"8Ж\",\"Алгебра\",\"Кто-то\",\"\",\"\",\"\"\n"
                   "\"1\",\"Monday\",\"3\",\"7А\",\"Алгебра\",\"Вынгилев О. П.\",\"\",\"\",\"\"\n";
  CHECK(faults_of(look(node, kFetFile, bad, with)) ==
        "строка 2: день «Funday»: нужен день недели\n"
        "строка 3: урок «11:11»: нужен номер урока или время звонка на него\n"
        "строка 4: сотрудника «Кто-то» нет\n"
        "строка 4: «8Ж»: нет такого класса или подгруппы класса\n"
        "строка 5: 7А: такого журнала нет, сначала внесите нагрузку\n");
}

}  // namespace
}  // namespace zimnik::journal
