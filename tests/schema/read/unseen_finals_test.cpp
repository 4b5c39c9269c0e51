#include "schema/read/unseen_finals.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/person.h"
#include "schema/words.h"
#include "sync/core/crypto.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

constexpr std::int64_t kHour = 3'600'000;

std::string text_of(const std::vector<UnseenFinals>& list) {
  std::string text;
  for (const auto& finals : list) {
    text += finals.class_name + " " + finals.course.subject_name + " " + finals.period;
    for (const auto& pupil : finals.pupils) text += " " + pupil.name.family_name + pupil.value;
    text += "\n";
  }
  return text;
}

/// A school whose Ivanov's mother reads the diary electronically, and the region's hub.
struct Town {
  Node node = school_node();
  Node hub{"hub", hub_setup()};

  Town() {
    node->add_site(hub.record());
    hub->add_site(node.record());
    node->note_reader(hub.id());
    hub->note_reader(node.id());
    node.now = hub.now = {1'761'300'000'000};  // 24 October 2025, 15:00
    node.save([](Command& run) {
      add_guardian(run, kMother, kIvanov, "мать");
      record_consent(run, kMother, kElectronicDiary, Agreement::granted, "заявление",
                     day("2025-09-01"));
      issue_diary_access(run, kMother, sync::sha256({"a code"}), node_time());
    });
  }

  static sync::test::Setup hub_setup() {
    auto setup = journal_setup();
    setup.kind = sync::SiteKind::hub;
    return setup;
  }
  static sync::Time node_time() { return {1'756'700'000'000}; }

  void post(std::int64_t pupil, const std::string& value, const std::string& period = "q1") {
    node.save([&](Command& run) { set_final(run, {pupil, kCourseA, period, kYear}, value); });
  }
  void exchange_after(std::int64_t ms) {
    node.now.ms += ms;
    hub.now = node.now;
    exchange(node, hub);
  }
  UnseenReport report(std::int64_t ms_later = 0) {
    sync::EntryTimes times;
    while (!times.catch_up(*node, 100)) {
    }
    return unseen_finals(*node, times, kYear, {node.now.ms + ms_later});
  }
};

}  // namespace

TEST_CASE_METHOD(Town,
                 "R12: a result is listed from its twenty-fifth hour on until the hub has it") {
  post(kIvanov, "4");
  CHECK(report(24 * kHour).is_empty());
  const auto waiting = report(24 * kHour + 1).waiting;
  CHECK(text_of(waiting) == "7А Алгебра q1 Иванов4\n");
  CHECK(waiting.at(0).school_class == kClassA);
  CHECK_FALSE(waiting.at(0).arrived);
  exchange_after(kHour);
  CHECK(report(48 * kHour).is_empty());
}

TEST_CASE_METHOD(Town,
                 "R12: what the hub took in after 24 hours is told as late, with the moment") {
  exchange_after(0);
  post(kIvanov, "4", "exam");
  exchange_after(30 * kHour);
  const auto found = report();
  CHECK(found.waiting.empty());
  CHECK(text_of(found.late) == "7А Алгебра exam Иванов4\n");
  CHECK(found.late.at(0).arrived == local_time(hub.now));
}

TEST_CASE_METHOD(Town, "a correction has 24 hours of its own") {
  post(kIvanov, "4");
  exchange_after(kHour);
  node.now.ms += 40 * kHour;
  post(kIvanov, "5");
  CHECK(report(kHour).is_empty());
  CHECK(text_of(report(25 * kHour).waiting) == "7А Алгебра q1 Иванов5\n");
}

TEST_CASE_METHOD(Town, "families that read on paper are apart, whatever the hub has") {
  post(kPetrova, "3");
  exchange_after(kHour);
  const auto found = report(48 * kHour);
  CHECK(found.waiting.empty());
  CHECK(found.late.empty());
  CHECK(text_of(found.on_paper) == "7А Алгебра q1 Петрова3\n");
  CHECK(report(20 * 24 * kHour).is_empty());
}

TEST_CASE_METHOD(Town, "a refusal moves a family's results to paper at once") {
  post(kIvanov, "4");
  node.save([](Command& run) {
    record_consent(run, kMother, kElectronicDiary, Agreement::refused, "заявление",
                   day("2025-10-24"));
  });
  const auto found = report(48 * kHour);
  CHECK(found.waiting.empty());
  CHECK(text_of(found.on_paper) == "7А Алгебра q1 Иванов4\n");
}

}  // namespace zimnik::journal
