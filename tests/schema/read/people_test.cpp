#include "schema/read/people.h"

#include <catch2/catch.hpp>

#include "sync/core/transaction.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

TEST_CASE("names have the forms that pages need") {
  const PersonName name{"Ёлкина", "Мария", "Львовна"};
  CHECK(name.full() == "Ёлкина Мария Львовна");
  CHECK(name.brief() == "Ёлкина М. Л.");
  CHECK(name.plain() == "Ёлкина Мария");
  CHECK(PersonName{"Сайнахова", "Вера", ""}.brief() == "Сайнахова В.");
}

TEST_CASE("ё stands behind е, small letters as great ones") {
  const PersonName ye{"Екимов", "", ""}, yo{"Ёлкина", "", ""}, zh{"Жук", "", ""},
      small{"екимов", "", ""};
  CHECK(comes_before(ye, yo));
  CHECK(comes_before(yo, zh));
  CHECK_FALSE(comes_before(ye, small));
  CHECK_FALSE(comes_before(small, ye));
}

TEST_CASE("a name whose key is missing, or who was forgotten, reads as removed") {
  auto a = school_node();
  auto setup = journal_setup();
  setup.keys.drop_person(kIvanov);
  Node b("b", setup);
  exchange(a, b);
  CHECK(name_of(a->database(), kIvanov).plain() == "Иванов Пётр");
  CHECK(name_of(b->database(), kIvanov).full() == "удалено");
  CHECK(name_of(b->database(), kPetrova).plain() == "Петрова Дарья");
  a.act(sync::Forget{kPetrova});
  CHECK(name_of(a->database(), kPetrova).brief() == "удалено");
  CHECK(name_of(a->database(), 999).full() == "удалено");
}

TEST_CASE("people are found by how the family name begins, in any case") {
  auto node = school_node();
  auto& database = node->database();
  REQUIRE(people_named(database, "pupil", "ивА").size() == 1);
  CHECK(people_named(database, "pupil", "ивА")[0].id == kIvanov);
  CHECK(people_named(database, "guardian", "Иванова").size() == 1);
  CHECK(people_named(database, "pupil", "Иванова").empty());
  CHECK(people_named(database, "pupil", "").empty());
}

TEST_CASE("people stand in order of their names") {
  auto node = school_node();
  const auto staff = people_of_kind(node->database(), "staff");
  REQUIRE(staff.size() == 5);
  CHECK(staff.front().name.family_name == "Вынгилев");
  CHECK(staff.back().name.family_name == "Тарлин");
}

}  // namespace
}  // namespace zimnik::journal
