#include "schema/commands/final_mark.h"

#include <catch2/catch.hpp>

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

}  // namespace
}  // namespace zimnik::journal
