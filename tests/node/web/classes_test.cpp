#include "node/web/classes.h"

#include <catch2/catch.hpp>

#include "tests/node/desk.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

std::string path_of(std::int64_t school_class) { return "/class/" + std::to_string(school_class); }

}  // namespace

TEST_CASE("a class's list is its teacher's and the office's, and no other teacher's") {
  Desk desk;
  const auto found = own_class(desk);
  Browser teacher(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  CHECK(teacher.get(path_of(found.own))->status == 200);
  CHECK(teacher.get(path_of(found.other))->status == 404);
  for (const auto role :
       {Role::principal, Role::deputy_head, Role::secretary, Role::technical_specialist}) {
    Browser office(desk.port());
    REQUIRE(office.sign_in(desk.add_account(role), kPassword) == "/");
    CHECK(office.get(path_of(found.other))->status == 200);
    CHECK(office.get(path_of(1))->status == 404);
  }
}

TEST_CASE("the list of classes leads a class teacher to the own class, the office to all") {
  Desk desk;
  const auto found = own_class(desk);
  Browser teacher(desk.port()), head(desk.port());
  REQUIRE(teacher.sign_in(found.login, kPassword) == "/");
  REQUIRE(head.sign_in(desk.login_of(Role::deputy_head), kPassword) == "/");
  const auto led = teacher.get("/classes");
  CHECK(led->status == 303);
  CHECK(led->get_header_value("Location") == path_of(found.own));
  CHECK_THAT(head.get("/classes")->body, Catch::Contains("href=\"" + path_of(found.own)) &&
                                             Catch::Contains("href=\"" + path_of(found.other)));
}

TEST_CASE("the list names pupils in full, with their families' telephones and the class teacher") {
  Desk desk;
  const auto found = own_class(desk);
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(Role::deputy_head), kPassword) == "/");
  const auto body = head.get(path_of(found.own))->body;
  CHECK_THAT(body, Catch::Contains("+7 000 1") && Catch::Contains("анкета") &&
                       Catch::Contains("/pupil/") && Catch::Contains(found.brief_name));
}
