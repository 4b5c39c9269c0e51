#include "schema/read/absence_notices.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace test;

NewAbsenceNotice notice(const char* since, const char* until, std::string_view reason = "болеет") {
  return {kIvanov, day(since), day(until), reason, kMother, sync::Time{1}};
}

Do announce(const NewAbsenceNotice& what) {
  return [=](sync::Command& run) { announce_absence(run, what, day("2025-09-10")); };
}

TEST_CASE("a notice touches the days that it covers, and knows an excuse for its first") {
  auto node = school_node();
  node.save(announce(notice("2025-09-10", "2025-09-12")));
  const auto of = [&](const char* from, const char* to) {
    return absence_notices(node->database(), {kPetrova, kIvanov}, day(from), day(to));
  };
  CHECK(of("2025-09-01", "2025-09-09").empty());
  CHECK(of("2025-09-13", "2025-09-20").empty());
  REQUIRE(of("2025-09-12", "2025-09-12").size() == 1);
  CHECK_FALSE(of("2025-09-12", "2025-09-12")[0].is_entered);
  node.save([](sync::Command& run) {
    add_excuse(run, kIvanov, day("2025-09-09"), day("2025-09-10"), ExcuseReason::sick, "1");
  });
  CHECK(of("2025-09-12", "2025-09-12")[0].is_entered);
}

TEST_CASE("the later word about the same first day stands, and one that is withdrawn is gone") {
  auto node = school_node();
  node.save(announce(notice("2025-09-10", "2025-09-10")));
  node.save(announce(notice("2025-09-10", "2025-09-11", "уезжаем")));
  const auto today = day("2025-09-10");
  auto found = absence_notices(node->database(), {kIvanov}, today, today);
  REQUIRE(found.size() == 1);
  CHECK(found[0].reason == "уезжаем");
  const Do withdraw = [&](sync::Command& run) { withdraw_absence_notice(run, kIvanov, today); };
  node.save(withdraw);
  CHECK(absence_notices(node->database(), {kIvanov}, today, today).empty());
  CHECK_FALSE(refusal(node, withdraw).empty());
}

TEST_CASE("days in the wrong order, too many, all past or without a reason are refused") {
  auto node = school_node();
  for (const auto& wrong :
       {notice("2025-09-12", "2025-09-10"), notice("2025-09-10", "2025-11-30"),
        notice("2025-09-08", "2025-09-09"), notice("2025-09-10", "2025-09-10", " ")}) {
    CHECK_FALSE(refusal(node, announce(wrong)).empty());
  }
}

}  // namespace
}  // namespace zimnik::journal
