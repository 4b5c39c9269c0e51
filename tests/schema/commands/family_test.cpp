#include "schema/commands/family.h"

#include <catch2/catch.hpp>

#include "schema/commands/lesson.h"
#include "schema/commands/person.h"
#include "schema/read/family.h"
#include "schema/read/people.h"
#include "sync/core/crypto.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do consent(Agreement agreement, const char* date) {
  return [=](Command& run) {
    record_consent(run, kMother, kElectronicDiary, agreement, "заявление", day(date));
  };
}

TEST_CASE("nobody reads electronically before a consent") {
  auto node = school_node();
  CHECK(consent_of(node->database(), kMother, kElectronicDiary).state == ConsentState::absent);
  CHECK_FALSE(may_read_electronically(node->database(), kMother));
  node.save(consent(Agreement::granted, "2025-09-01"));
  CHECK(may_read_electronically(node->database(), kMother));
  CHECK(may_read_diary(node->database(), kMother, kIvanov, day("2025-09-02")));
  CHECK_FALSE(may_read_diary(node->database(), kMother, kPetrova, day("2025-09-02")));
}

TEST_CASE("a refusal at one replica wins over a consent at the other, until one knew of it") {
  auto a = school_node(), b = empty_node("b");
  a.save(consent(Agreement::granted, "2025-09-01"));
  exchange(a, b);
  a.save(consent(Agreement::refused, "2025-09-05"));
  b.now.ms += 3'600'000;
  b.save(consent(Agreement::granted, "2025-09-06"));  // later, and unaware
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK_FALSE(may_read_electronically((*node)->database(), kMother));
    CHECK(sync::test::is_listed(*node, sync::Listed::Reason::conflict));
  }
  b.save(consent(Agreement::granted, "2025-09-10"));
  exchange(a, b);
  CHECK(may_read_electronically(a->database(), kMother));
  CHECK_FALSE(sync::test::is_listed(a, sync::Listed::Reason::conflict));
}

TEST_CASE("a consent that was deleted elsewhere doesn't grant") {
  auto a = school_node(), b = empty_node("b");
  a.save(consent(Agreement::granted, "2025-09-01"));
  exchange(a, b);
  a.save("DELETE FROM consent");
  b.save(consent(Agreement::granted, "2025-09-02"));
  exchange(a, b);
  CHECK(b.read("SELECT state FROM consent") == "granted");
  CHECK_FALSE(may_read_electronically(b->database(), kMother));
}

TEST_CASE("a guardian sees its children as long as it is one") {
  auto node = school_node();
  const auto children = children_of(node->database(), kMother, day("2025-09-01"));
  REQUIRE(children.size() == 1);
  CHECK(children[0].name.plain() == "Иванов Пётр");
  CHECK(children[0].class_name == "7А");
  CHECK(children[0].relation == "мать");
  node.save([](Command& run) { end_guardianship(run, kMother, kIvanov, day("2025-09-30")); });
  CHECK(children_of(node->database(), kMother, day("2025-09-30")).size() == 1);
  CHECK(children_of(node->database(), kMother, day("2025-10-01")).empty());
}

TEST_CASE("an access code is found by its hash, and goes with the next one") {
  auto node = school_node();
  const auto first = sync::sha256({"first"}), second = sync::sha256({"second"});
  node.save([&](Command& run) { issue_diary_access(run, kMother, first, sync::Time{1}); });
  CHECK(diary_access_by(node->database(), first.view())->guardian == kMother);
  node.save([&](Command& run) { issue_diary_access(run, kMother, second, sync::Time{2}); });
  CHECK_FALSE(diary_access_by(node->database(), first.view()));
  node.save([&](Command& run) { withdraw_diary_access(run, kMother); });
  CHECK_FALSE(diary_access_by(node->database(), second.view()));
  CHECK_FALSE(refusal(node, [&](Command& run) {
                issue_diary_access(run, kTeacher + 1000, first, sync::Time{1});
              }).empty());
  node.save([&](Command& run) { issue_diary_access(run, kTeacher, first, sync::Time{3}); });
  CHECK(diary_access_by(node->database(), first.view())->guardian == kTeacher);
}

TEST_CASE("of two phones the guardian's own is shown, whatever the rank, and may be corrected") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  const auto phone = [](const char* number, std::string_view source) {
    return [=](Command& run) {
      set_contact(run, kMother, "phone", number, source, day("2025-09-01"));
    };
  };
  a.save(phone("+7 900 000-00-01", kByGuardian), {"mother", 10});
  b.now.ms += 60'000;
  b.save(phone("+7 900 000-00-02", "анкета"), deputy());
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK(contacts_of((*node)->database(), kMother).at(0).value == "+7 900 000-00-01");
    CHECK(sync::test::is_listed(*node, sync::Listed::Reason::conflict));
  }
  CHECK(refusal(a, phone("+7 900 000-00-03", "звонок"), {"class", 20}).empty());
  CHECK(contacts_of(a->database(), kMother).at(0).source == "звонок");
}

TEST_CASE("messages belong to a thread that is there") {
  auto node = school_node();
  node.save([](Command& run) {
    add_message(run, 5001, {kIvanov, 0, "Здравствуйте", kTeacher, sync::Time{1}});
  });
  CHECK(refusal(node, [](Command& run) {
          add_message(run, 5002, {kIvanov, 5001, "Да", kTeacher, sync::Time{1}});
        }).empty());
  CHECK_FALSE(refusal(node, [](Command& run) {
                add_message(run, 5003, {kIvanov, 7, "Да", kTeacher, sync::Time{1}});
              }).empty());
}

}  // namespace
}  // namespace zimnik::journal
