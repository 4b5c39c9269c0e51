#include "schema/commands/person.h"

#include <catch2/catch.hpp>

#include "schema/commands/course.h"
#include "schema/read/membership.h"
#include "schema/read/people.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("a person without a key at hand can't be written") {
  auto node = school_node();
  const auto text = refusal(node, [](Command& run) {
    add_person(run, 77, PersonKind::pupil, {"Без", "Ключа", ""});
  });
  CHECK(text.find("there is no key") != std::string::npos);
  CHECK(node.read("SELECT id FROM person WHERE id = 77").empty());
}

TEST_CASE("who is in a class isn't enrolled again in the same year") {
  auto node = school_node();
  CHECK_FALSE(
      refusal(node, [](Command& run) { enrol(run, kIvanov, kClassB, day("2025-10-01")); }).empty());
  CHECK(refusal(node, [](Command& run) { enrol(run, kMother, kClassA, day("2025-10-01")); }) ==
        "Нет такого обучающегося");
}

TEST_CASE("a transfer ends the class and its subgroups, and begins the other") {
  auto node = school_node();
  node.save([](Command& run) {
    set_group(run, 31, "1 группа", "subgroup", kClassA);
    join_group(run, 31, kIvanov, day("2025-09-01"));
    transfer(run, kIvanov, kClassA, kClassB, day("2025-10-06"), "40-д");
  });
  auto& database = node->database();
  CHECK(class_of_pupil(database, kIvanov, day("2025-10-05")) == kClassA);
  CHECK(class_of_pupil(database, kIvanov, day("2025-10-06")) == kClassB);
  CHECK(node.read("SELECT until FROM group_member") == "2025-10-05");
  CHECK(is_taught(database, kCourseA, kIvanov, day("2025-10-05")));
  CHECK_FALSE(is_taught(database, kCourseA, kIvanov, day("2025-10-06")));
  CHECK(pupils_of_class(database, kClassB, day("2025-10-06")).at(0).id == kIvanov);
  CHECK_FALSE(refusal(node, [](Command& run) {
                leave_class(run, kIvanov, kClassA, day("2025-10-10"));
              }).empty());
}

TEST_CASE("nobody is enrolled on a day of another school year") {
  auto node = school_node();
  const auto next_year = [](Command& run) { enrol(run, kIvanov, kClassB, day("2026-09-01")); };
  CHECK(refusal(node, next_year) == "Зачисление: день не из учебного года этого класса");
}

TEST_CASE("a pupil's file takes a number of a pension account in any form, and no wrong one") {
  auto node = school_node();
  node.save([](Command& run) { set_personal_file(run, kIvanov, {"м", " К-12 ", "11223344595"}); });
  CHECK(node.read("SELECT gender || file_number || snils FROM personal_file") ==
        "мК-12112-233-445 95");
  CHECK(refusal(node, [](Command& run) {
          set_personal_file(run, kIvanov, {"м", "", "112-233-445 94"});
        }) == "СНИЛС: «112-233-445 94» — такого не бывает, проверьте цифры");
  CHECK(refusal(node, [](Command& run) { set_personal_file(run, kMother, {}); }) ==
        "Нет такого обучающегося");
  CHECK(refusal(node, [](Command& run) {
          set_personal_file(run, kIvanov, {"x", "", ""});
        }) == "Пол: м или ж");
}

TEST_CASE("a contact is one that can be called or written to") {
  auto node = school_node();
  const auto why = [&](const char* kind, const char* value) {
    return refusal(node, [&](Command& run) {
      set_contact(run, kMother, kind, value, "анкета", day("2025-09-01"));
    });
  };
  for (const char* phone : {"абв", "+", "12", "8 900 кому"}) {
    CHECK(why("phone", phone) == "Телефон: цифры, пробелы, скобки, плюс и дефис");
  }
  for (const char* address : {"не почта", "@", "a@", "@b", "a@b@c", "a b@c"}) {
    CHECK(why("email", address) == "Адрес почты: имя@узел, без пробелов");
  }
  CHECK(why("phone", " +7 (34675) 2-15-40 ").empty());
  CHECK(why("phone", "215").empty());
  CHECK(why("email", "mama@example.org").empty());
}

TEST_CASE("an excuse has a document, and ends no earlier than it begins") {
  auto node = school_node();
  CHECK(refusal(node, [](Command& run) {
          add_excuse(run, kIvanov, day("2025-09-05"), day("2025-09-04"), ExcuseReason::sick, "");
        }) == "Справка: последний день раньше первого");
  CHECK(refusal(node, [](Command& run) {
          add_excuse(run, kIvanov, day("2025-09-05"), day("2025-09-05"), ExcuseReason::sick, " ");
        }) == "Документ: не заполнено");
}

TEST_CASE("an excuse isn't written over another without a word") {
  auto node = school_node();
  const auto excuse = [](Command& run) {
    add_excuse(run, kIvanov, day("2025-09-05"), day("2025-09-06"), ExcuseReason::sick, "12");
  };
  node.save(excuse);
  CHECK(refusal(node, excuse) == "Документ с 05.09.2025 уже записан: сначала отзовите его");
  node.save([](Command& run) { remove_excuse(run, kIvanov, day("2025-09-05")); });
  CHECK(refusal(node, excuse).empty());
}

}  // namespace
}  // namespace zimnik::journal
