// The files of schema/sample/import: a village school that is set up from them, in order.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "schema/commands/course.h"
#include "schema/commands/school.h"
#include "schema/proposals.h"
#include "schema/read/courses.h"
#include "schema/read/readiness.h"
#include "tests/schema/import/import.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

std::string sample(const ImportKind& kind) {
  const auto path = std::string(ZIMNIK_SOURCE_DIR) + "/schema/sample/import/" + kind.code + ".csv";
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<ImportKind> kinds_of_one_file() {
  std::vector<ImportKind> kinds;
  for (const auto& kind : import_kinds()) {
    if (kind.plan_files == nullptr) kinds.push_back(kind);
  }
  return kinds;
}

/// What the first-run assistant enters beside the files.
Node new_school() {
  auto node = empty_node("a");
  node.save(
      [](sync::Command& run) {
        set_school(run, "Школа деревни Сорум (вымышленная)", "д. Сорум", "Asia/Yekaterinburg");
        for (const auto& period : proposed_periods(kYear, YearPlan::quarters)) {
          set_period(run, kYear, period.code, period.starts, period.ends);
        }
        set_branch(run, kBranch, "Главное здание", "д. Сорум");
        for (const auto& bell : bells_from({})) {
          set_bell(run, kBranch, 1, bell.number, bell.starts, bell.ends);
        }
        std::int64_t id = 1;
        for (const auto& work : usual_works()) {
          set_work_type(run, id++, work.name, work.short_name, work.weight, work.deadline_days);
        }
      },
      {"technician", rank_of(Role::technical_specialist)});
  return node;
}

/// The options, with the course that the file of the lesson plan is for.
ImportOptions options_in(Node& node, const ImportKind& kind) {
  auto with = options();
  with.today = day("2025-08-25");
  if (!kind.is_of_course) return with;
  for (const auto& course : courses_of_year(node->database(), kYear)) {
    if (course.text() == "7, Алгебра") with.course = course.id;
  }
  REQUIRE(with.course != 0);
  return with;
}

}  // namespace

TEST_CASE("the sample files set an empty school up, in order, and a second time change nothing") {
  auto node = new_school();
  for (const auto& kind : kinds_of_one_file()) {
    INFO(kind.code);
    const auto with = options_in(node, kind);
    const auto plan = bring_in(node, kind, sample(kind), with);
    // FET's file is the same timetable once more.
    CHECK(plan.changes_nothing() == (std::string_view(kind.code) == "fet"));
  }
  const auto before = node.everything();
  for (const auto& kind : kinds_of_one_file()) {
    INFO(kind.code);
    const auto plan = look(node, kind, sample(kind), options_in(node, kind));
    CHECK(faults_of(plan).empty());
    CHECK(changes_of(plan).empty());
  }
  CHECK(node.everything() == before);
}

TEST_CASE("what the sample files bring is ready for the year, but for the other lesson plans") {
  auto node = new_school();
  for (const auto& kind : kinds_of_one_file()) {
    bring_in(node, kind, sample(kind), options_in(node, kind));
  }
  for (const auto& check : readiness(node->database(), kYear, day("2025-09-05"))) {
    INFO(static_cast<int>(check.matter));
    if (check.matter == Readiness::lesson_plans) {
      CHECK(check.missing.size() + 1 == check.of);
    } else {
      CHECK(check.is_ready());
    }
  }
  CHECK(node.read("SELECT sum(hours) FROM lesson_plan") == "102");
}

TEST_CASE("FET's file alone makes the timetable") {
  auto node = new_school();
  for (const auto& kind : kinds_of_one_file()) {
    if (kind.code == kTimetableFile.code) continue;
    bring_in(node, kind, sample(kind), options_in(node, kind));
  }
  CHECK(node.read("SELECT count(*) FROM timetable") == "85");
  CHECK(look(node, kTimetableFile, sample(kTimetableFile), options_in(node, kTimetableFile))
            .changes_nothing());
}

}  // namespace zimnik::journal
