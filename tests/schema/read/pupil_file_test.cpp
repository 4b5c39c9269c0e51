#include "schema/read/pupil_file.h"

#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/order.h"
#include "schema/words.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Do phone(const char* value, std::string_view source) {
  return
      [=](Command& run) { set_contact(run, kMother, "phone", value, source, day("2025-09-01")); };
}

TEST_CASE("a file has names, birth, and what was entered of the pupil") {
  auto node = school_node();
  node.save([](Command& run) {
    set_birth_date(run, kIvanov, day("2012-03-04"));
    set_personal_file(run, kIvanov, {"м", "К-12", "11223344595"});
  });
  const auto file = pupil_file(node->database(), kIvanov);
  REQUIRE(file);
  CHECK(file->name.given_name == "Пётр");
  CHECK(file->birth_date == day("2012-03-04"));
  CHECK(file->personal.file_number == "К-12");
  CHECK(file->personal.snils == "112-233-445 95");
  CHECK_FALSE(pupil_file(node->database(), kMother));
}

TEST_CASE("of two contacts that didn't know of each other both are shown, the parent's own first") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  a.save(phone("+7 000 1", kByGuardian));
  b.now.ms += 3'600'000;
  b.save(phone("+7 000 2", "анкета"));  // later, and unaware
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    const auto versions = contact_versions(**node, kMother);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].is_shown);
    CHECK(versions[0].contact.value == "+7 000 1");
    CHECK(versions[0].contact.source == kByGuardian);
    CHECK_FALSE(versions[1].is_shown);
    CHECK(versions[1].contact.value == "+7 000 2");
  }
  a.save(phone("+7 000 2", "звонок"));
  const auto settled = contact_versions(*a, kMother);
  REQUIRE(settled.size() == 1);
  CHECK(settled[0].contact.value == "+7 000 2");
}

TEST_CASE("the register of consents keeps what was said before") {
  auto node = school_node();
  const auto say = [&](Agreement agreement, const char* date) {
    node.save([&](Command& run) {
      record_consent(run, kMother, kElectronicDiary, agreement, "заявление", day(date));
    });
  };
  CHECK(consent_entries(*node, kMother, kElectronicDiary).empty());
  say(Agreement::granted, "2025-09-01");
  say(Agreement::refused, "2025-09-05");
  const auto entries = consent_entries(*node, kMother, kElectronicDiary);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].state == ConsentState::refused);
  CHECK(entries[0].is_in_force);
  CHECK(entries[1].state == ConsentState::granted);
  CHECK(entries[1].date == day("2025-09-01"));
  CHECK_FALSE(entries[1].is_in_force);
}

TEST_CASE("a stay names the order it began by also after it ended by another") {
  auto node = school_node();
  node.save([](Command& run) {
    note_order(run, 51, {"40-д", day("2025-10-03"), "О переводе"});
    note_order(run, 52, {"40-д", day("2024-10-03"), "О другом"});
    transfer(run, kIvanov, kClassA, kClassB, day("2025-10-06"), "40-д");
  });
  node.save([](Command& run) { leave_class(run, kIvanov, kClassB, day("2025-12-01"), "77-у"); });
  const auto stays = class_stays(*node, kIvanov);
  REQUIRE(stays.size() == 2);
  CHECK(stays[0].class_name == "7А");
  CHECK(stays[0].came.number.empty());
  CHECK(stays[0].until == day("2025-10-05"));
  CHECK(stays[0].left.number == "40-д");
  CHECK(stays[0].left.date == day("2025-10-03"));
  CHECK(stays[1].came.number == "40-д");
  CHECK(stays[1].left.number == "77-у");
  CHECK_FALSE(stays[1].left.date);
}

}  // namespace
}  // namespace zimnik::journal
