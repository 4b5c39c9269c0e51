#include "schema/commands/final_mark.h"

#include <catch2/catch.hpp>

#include "schema/commands/school.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

const FinalKey kFinal{kIvanov, kCourseA, "q1", kYear};
constexpr const char* kFinals = "SELECT value, basis FROM final_mark";

Do final(const char* value, Basis basis = Basis::teacher) {
  return [=](Command& run) { set_final(run, kFinal, value, basis); };
}

TEST_CASE("a result is 2 to 5, exempt, not assessed or ungraded") {
  auto node = school_node();
  for (const auto* value : {"2", "5", "осв", "н/а", "безотм"}) {
    CHECK(refusal(node, final(value)).empty());
  }
  for (const auto* value : {"", "1", "6", "зачёт"})
    CHECK_FALSE(refusal(node, final(value)).empty());
  CHECK_FALSE(refusal(node, [](Command& run) {
                set_final(run, {kIvanov, kCourseA, "q9", kYear}, "5");
              }).empty());
}

TEST_CASE("a commission's protocol wins over a teacher's result, which can't cover it") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  a.save(final("4", Basis::protocol), teacher());
  b.now.ms += 60'000;
  b.save(final("3"), teacher());
  exchange(a, b);
  for (auto* node : {&a, &b}) CHECK(node->read(kFinals) == "4,protocol");
  CHECK_FALSE(refusal(a, final("5"), deputy()).empty());
  CHECK_FALSE(refusal(
                  a, [](Command& run) { clear_final(run, kFinal); }, deputy())
                  .empty());
  CHECK(refusal(a, final("5", Basis::order)).empty());
}

TEST_CASE("R22: a teacher's result is of a pupil of the course, in a period that isn't closed") {
  auto node = school_node();
  const auto post = [](const FinalKey& key, const char* value) {
    return [=](Command& run) { post_final(run, key, value); };
  };
  CHECK(refusal(node, post(kFinal, "4")).empty());
  CHECK(refusal(node, post(kFinal, "")).empty());
  CHECK(node.read(kFinals).empty());
  CHECK_FALSE(refusal(node, post(kFinal, "")).empty());
  CHECK_FALSE(refusal(node, post({kMother, kCourseA, "q1", kYear}, "4")).empty());
  CHECK_FALSE(refusal(node, post({kIvanov, kCourseA, "q1", kYear - 1}, "4")).empty());
  CHECK_FALSE(refusal(node, post({kIvanov, 999, "q1", kYear}, "4")).empty());
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); }, deputy());
  CHECK_THAT(refusal(node, post(kFinal, "4")),
             Catch::Contains("Период с 01.09.2025 по 24.10.2025"));
  CHECK(refusal(node, post({kIvanov, kCourseA, "year", kYear}, "4")).empty());
}

TEST_CASE("R11: a deferred result can be posted after its period was closed") {
  auto node = school_node();
  const auto defer = [](const char* until, const char* reason, const char* document) {
    return [=](Command& run) { defer_final(run, kFinal, {day(until), reason, document}); };
  };
  CHECK_FALSE(refusal(node, defer("2025-10-23", "болезнь", "справка 12")).empty());
  CHECK_FALSE(refusal(node, defer("2025-11-10", " ", "справка 12")).empty());
  CHECK_FALSE(refusal(node, defer("2025-11-10", "болезнь", "")).empty());
  CHECK(refusal(node, defer("2025-11-10", "болезнь", "справка 12")).empty());
  CHECK(node.read("SELECT until, reason, document FROM final_deferral") ==
        "2025-11-10,болезнь,справка 12");
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); }, deputy());
  const Do post = [](Command& run) { post_final(run, kFinal, "4"); };
  const Do end = [](Command& run) { end_deferral(run, kFinal); };
  CHECK(refusal(node, post).empty());
  CHECK(refusal(node, end).empty());
  CHECK_FALSE(refusal(node, end).empty());
  CHECK_FALSE(refusal(node, post).empty());
}

TEST_CASE("a result by a paper carries its number and day, also into a closed period") {
  auto node = school_node();
  node.save([](Command& run) { close_period(run, kYear, "q1", 1); }, deputy());
  const auto by = [](Basis basis, const char* number) {
    return [=](Command& run) {
      set_final_by_paper(run, kFinal, "3", basis, {number, day("2025-11-01")});
    };
  };
  CHECK_FALSE(refusal(node, by(Basis::protocol, ""), deputy()).empty());
  CHECK_FALSE(refusal(node, by(Basis::teacher, "5"), deputy()).empty());
  CHECK(refusal(node, by(Basis::protocol, " 5 "), deputy()).empty());
  CHECK(node.read("SELECT value, basis, protocol_number, protocol_date FROM final_mark") ==
        "3,protocol,5,2025-11-01");
}

}  // namespace
}  // namespace zimnik::journal
