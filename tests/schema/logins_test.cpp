#include "schema/logins.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;

TEST_CASE("a login is proposed of a name in the letters that a passport has") {
  CHECK(login_from("Ёлкина", "Пётр") == "elkina.p");
  CHECK(login_from("Хрущёв-Щукин", "Юрий") == "khrushchevshchukin.i");
  CHECK(login_from("Smith", "Ann") == "smith.a");
  CHECK(login_from("Соловьёв", "") == "solovev");
  CHECK(login_from("ӈ\xff", "x") == "user");
  CHECK(login_from(std::string(1000, 'a'), "b").size() <= 64);
}

TEST_CASE("who has the name of another gets a number") {
  auto node = school_node();
  CHECK(free_login(node->database(), "Иванов", "Пётр") == "ivanov.p");
  node.save([](sync::Command& run) { add_account(run, "ivanov.p", kTeacher, "x"); });
  CHECK(free_login(node->database(), "Иванов", "Павел") == "ivanov.p2");
  node.save([](sync::Command& run) { add_account(run, "ivanov.p2", kTeacher, "x"); });
  CHECK(free_login(node->database(), "Иванов", "Павел") == "ivanov.p3");
}

}  // namespace
}  // namespace zimnik::journal
