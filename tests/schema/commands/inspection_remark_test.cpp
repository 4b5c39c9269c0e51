#include "schema/commands/inspection_remark.h"

#include <catch2/catch.hpp>

#include "schema/read/inspection_remarks.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do add(std::int64_t id, std::int64_t course, const char* text) {
  return [=](Command& run) {
    add_inspection_remark(run, id, {course, kMonday.date, text, day("2025-09-10")});
  };
}
Do correct(const char* note) {
  return [=](Command& run) { correct_inspection_remark(run, 1, note); };
}
Do reopen(const char* note) {
  return [=](Command& run) { reopen_inspection_remark(run, 1, note); };
}
const Do kAccept = [](Command& run) { accept_inspection_remark(run, 1); };

std::string state_in(Node& node) {
  return node.read("SELECT state, note FROM inspection_remark WHERE id = 1");
}

TEST_CASE("R35: a remark goes from open to corrected to accepted, and nowhere else") {
  auto node = school_node();
  CHECK_FALSE(refusal(node, kAccept, deputy()).empty());
  CHECK(refusal(node, add(1, kCourseA, "Нет темы урока"), deputy()).empty());
  CHECK(state_in(node) == "open,-");
  CHECK_FALSE(refusal(node, kAccept, deputy()).empty());
  CHECK_FALSE(refusal(node, reopen("что ещё"), deputy()).empty());
  CHECK_FALSE(refusal(node, correct("  ")).empty());
  CHECK(refusal(node, correct("Тема вписана")).empty());
  CHECK_FALSE(refusal(node, correct("ещё раз")).empty());
  CHECK_FALSE(refusal(node, reopen(""), deputy()).empty());
  CHECK(refusal(node, reopen("А задание?"), deputy()).empty());
  CHECK(state_in(node) == "open,А задание?");
  CHECK(refusal(node, correct("И задание")).empty());
  CHECK(refusal(node, kAccept, deputy()).empty());
  CHECK(state_in(node) == "accepted,И задание");
}

TEST_CASE("a remark is about a journal that is there, and says something") {
  auto node = school_node();
  CHECK_FALSE(refusal(node, add(1, 999, "Нет темы"), deputy()).empty());
  CHECK_FALSE(refusal(node, add(1, kCourseA, " "), deputy()).empty());
}

TEST_CASE("a teacher sees the remarks on the own journals, the open ones first") {
  auto node = school_node();
  node.save(add(1, kCourseA, "Первое"), deputy());
  node.save(add(2, kCourseB, "Второе"), deputy());
  node.save(correct("Сделано"));
  node.save("UPDATE course SET teacher = 12 WHERE id = 901");
  const auto all = inspection_remarks(node->database(), kYear);
  REQUIRE(all.size() == 2);
  CHECK(all[0].text == "Второе");
  CHECK(all[0].is_overdue(day("2025-09-11")));
  CHECK_FALSE(all[0].is_overdue(day("2025-09-10")));
  CHECK_FALSE(all[1].is_overdue(day("2025-09-11")));
  CHECK(inspection_remarks(node->database(), kYear, kTeacher).size() == 1);
  CHECK(inspection_remarks(node->database(), kYear, kSubstitute).at(0).note == "Сделано");
  CHECK(inspection_remarks(node->database(), kYear - 1).empty());
  CHECK_FALSE(inspection_remark(node->database(), 7));
}

}  // namespace
}  // namespace zimnik::journal
