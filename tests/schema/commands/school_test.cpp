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

}  // namespace
}  // namespace zimnik::journal
