#include "schema/commands/school.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("what can't be of a school is refused by name") {
  auto node = school_node();
  CHECK(refusal(node, [](Command& run) {
          set_class(run, 703, {kYear, 12, "А", kBranch, 1});
        }) == "Параллель: должна быть от 1 до 11");
  CHECK(refusal(node, [](Command& run) {
          set_class(run, 703, {kYear, 7, "В", 99, 1});
        }) == "Нет такого здания");
  CHECK(refusal(node, [](Command& run) {
          set_period(run, kYear, "q5", day("2025-09-01"), day("2025-10-24"));
        }) == "Отчётный период: нет такого");
  CHECK(refusal(node, [](Command& run) { set_bell(run, kBranch, 1, 3, "9:00", "09:40"); }) ==
        "Звонок: время пишется ЧЧ:ММ");
  CHECK(refusal(node, [](Command& run) { close_period(run, kYear, "h1", 1); }) ==
        "Нет такого отчётного периода");
}

TEST_CASE("R39: the absence message is the school's text, with places that can be filled") {
  auto node = school_node();
  const auto refused = [&](std::string text) {
    return refusal(node, [&](Command& run) { set_absence_message(run, text); });
  };
  CHECK(refused("Нет {ученик}: {учитель}") ==
        "Текст сообщения: «{учитель}» ничем не заполнить. Бывают: {ученик}, {класс}, {дата}, "
        "{урок}, {предмет}, {время}");
  CHECK(refused("Нет {ученик") != "");
  CHECK_THAT(refused(std::string(1001, 'a')), Catch::StartsWith("Текст сообщения: "));
  CHECK(refused(" Нет: {ученик},\r\n{дата} ").empty());
  CHECK(node.read("SELECT absence_message FROM school") == "Нет: {ученик},\n{дата}");
  CHECK(refused("  ").empty());
  CHECK(node.read("SELECT absence_message, name FROM school") == "-,Школа деревни Ясунт");
  auto empty = empty_node("b");
  CHECK(refusal(empty, [](Command& run) { set_absence_message(run, "{ученик}"); }) ==
        "Сначала впишите название школы");
}

TEST_CASE("what is there is written anew") {
  auto node = school_node();
  node.save([](Command& run) {
    set_branch(run, kBranch, "Новое здание", "");
    set_class(run, kClassA, {kYear, 7, "В", kBranch, 2});
  });
  CHECK(node.read("SELECT name, settlement FROM branch") == "Новое здание,-");
  CHECK(node.read("SELECT letter, shift, class_teacher FROM school_class WHERE id = 701") ==
        "В,2,13");
}

TEST_CASE("a period goes as long as it is open and has no results") {
  auto node = school_node();
  node.save([](Command& run) { remove_period(run, kYear, "q2"); });
  CHECK(node.read("SELECT code FROM reporting_period") == "q1");
  const auto remove_first = [](Command& run) { remove_period(run, kYear, "q1"); };
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); });
  CHECK_FALSE(refusal(node, remove_first).empty());
  node.save([](Command& run) { reopen_period(run, kYear, "q1"); });
  node.save(
      "INSERT INTO final_mark (pupil, course, period, year, value) VALUES (21, 901, 'q1', 2025, "
      "'4')");
  CHECK_FALSE(refusal(node, remove_first).empty());
  CHECK(refusal(node, [](Command& run) { remove_period(run, kYear, "q2"); }) ==
        "Нет такого отчётного периода");
}

TEST_CASE("a shorter day has no bells after its last lesson") {
  auto node = school_node();
  node.save([](Command& run) {
    for (int number = 1; number <= 3; ++number) {
      set_bell(run, kBranch, 2, number, "1" + std::to_string(number) + ":00",
               "1" + std::to_string(number) + ":40");
    }
    remove_bells_after(run, kBranch, 2, 2);
  });
  CHECK(node.read("SELECT shift, number FROM bell_schedule ORDER BY shift, number") ==
        "1,2\n2,1\n2,2");
}

TEST_CASE("a day off has a name, and may be taken back") {
  auto node = school_node();
  node.save([](Command& run) { set_day_off(run, day("2025-11-04"), "День народного единства"); });
  CHECK(node.read("SELECT date, name FROM day_off") == "2025-11-04,День народного единства");
  CHECK_FALSE(
      refusal(node, [](Command& run) { set_day_off(run, day("2025-11-04"), " "); }).empty());
  node.save([](Command& run) { remove_day_off(run, day("2025-11-04")); });
  CHECK(refusal(node, [](Command& run) { remove_day_off(run, day("2025-11-04")); }) ==
        "Такого выходного дня нет");
}

}  // namespace
}  // namespace zimnik::journal
