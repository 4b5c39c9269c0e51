#include "node/web/orders.h"

#include <catch2/catch.hpp>

#include "schema/access.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

int post(Browser& browser, const std::string& page, const std::string& action,
         const httplib::Params& added, const std::string& text = "") {
  auto form = hidden_fields(browser.get(page)->body, action, text);
  for (const auto& [name, value] : added) {
    form.erase(name);
    form.emplace(name, value);
  }
  return browser.post(action, form)->status;
}

const journal::sample::SampleStaff& somebody(Desk& desk) {
  for (const auto& staff : desk.school().staff()) {
    if (staff.role == Role::subject_teacher) return staff;
  }
  throw std::logic_error("nobody teaches");
}

bool has(Desk& desk, std::int64_t person, Role role) {
  return desk.node().journal().read([&](sync::Database& database) {
    return journal::has_role(database, person, role, node::day_of(kNow));
  });
}

httplib::Params grant(std::int64_t person, const char* role) {
  return {{"person", std::to_string(person)},
          {"role", role},
          {"scope", ""},
          {"since", "2025-09-30"},
          {"order_number", "18-к"}};
}

}  // namespace

TEST_CASE("R34: orders are entered by secretary and principal, duties by the principal alone") {
  Desk desk;
  const auto person = somebody(desk).person;
  Browser secretary(desk.port()), principal(desk.port());
  REQUIRE(secretary.sign_in(desk.login_of(Role::secretary), kPassword) == "/");
  REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  CHECK(post(secretary, "/orders", "/orders",
             {{"number", "17-о"}, {"date", "2025-09-29"}, {"title", "О журнале"}}) == 303);
  CHECK_THAT(secretary.get("/orders")->body,
             Catch::Contains("О журнале") && !Catch::Contains("/orders/duty\""));
  CHECK(post(secretary, "/orders", "/orders/correct",
             {{"number", "17-о"}, {"date", "2025-09-29"}, {"title", "О ведении журнала"}}) == 303);
  CHECK_THAT(secretary.get("/orders")->body,
             Catch::Contains("О ведении журнала") && !Catch::Contains("О журнале"));
  CHECK(post(principal, "/orders", "/orders/duty",
             {{"duty", "Ведение журнала"},
              {"person", std::to_string(person)},
              {"since", "2025-09-29"},
              {"order_number", "17-о"}}) == 303);
  CHECK(post(principal, "/orders", "/orders/duty/end", {{"last_day", "2025-10-31"}}) == 303);
  CHECK_THAT(principal.get("/orders")->body,
             Catch::Contains("31.10.2025") && !Catch::Contains("/orders/duty/end"));
}

TEST_CASE("a role is granted for a term by an order, acts at once, and is withdrawn") {
  Desk desk;
  const auto& teacher = somebody(desk);
  Browser principal(desk.port());
  REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  CHECK(post(principal, "/roles", "/roles", grant(teacher.person, "deputy_head")) == 303);
  CHECK(has(desk, teacher.person, Role::deputy_head));
  CHECK(post(principal, "/roles", "/roles/withdraw",
             {{"person", std::to_string(teacher.person)},
              {"role", "deputy_head"},
              {"scope", ""},
              {"order_number", "19-к"}}) == 303);
  CHECK_FALSE(has(desk, teacher.person, Role::deputy_head));
  auto ended = grant(teacher.person, "deputy_head");
  ended.emplace("until", "2025-09-30");
  CHECK(post(principal, "/roles", "/roles", ended) == 303);
  CHECK_FALSE(has(desk, teacher.person, Role::deputy_head));
  auto without_order = grant(teacher.person, "deputy_head");
  without_order.erase("order_number");
  CHECK(post(principal, "/roles", "/roles", without_order) == 422);
}

TEST_CASE("the technical specialist neither gives nor takes a role above the own rank") {
  Desk desk;
  const auto& teacher = somebody(desk);
  Browser technician(desk.port());
  REQUIRE(technician.sign_in(desk.login_of(Role::technical_specialist), kPassword) == "/");
  CHECK_THAT(technician.get("/roles")->body, !Catch::Contains("<option value=\"principal\">"));
  CHECK(post(technician, "/roles", "/roles", grant(teacher.person, "principal")) == 422);
  CHECK_FALSE(has(desk, teacher.person, Role::principal));
  CHECK(post(technician, "/roles", "/roles", grant(teacher.person, "secretary")) == 303);
  CHECK(has(desk, teacher.person, Role::secretary));
  for (const auto& staff : desk.school().staff()) {
    if (staff.role != Role::principal) continue;
    CHECK(post(technician, "/roles", "/roles/withdraw",
               {{"person", std::to_string(staff.person)},
                {"role", "principal"},
                {"scope", ""},
                {"order_number", "20-к"}}) == 422);
    CHECK(has(desk, staff.person, Role::principal));
  }
}

TEST_CASE("a principal doesn't lock itself out") {
  Desk desk;
  Browser principal(desk.port());
  REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  for (const auto& staff : desk.school().staff()) {
    if (staff.role != Role::principal) continue;
    CHECK(post(principal, "/roles", "/roles/withdraw",
               {{"person", std::to_string(staff.person)},
                {"role", "principal"},
                {"scope", ""},
                {"order_number", "20-к"}}) == 422);
    CHECK(has(desk, staff.person, Role::principal));
  }
}

TEST_CASE("a role of the whole school isn't given for a part of it") {
  Desk desk;
  const auto person = somebody(desk).person;
  Browser principal(desk.port());
  REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
  const auto page = principal.get("/roles")->body;
  const auto at = page.find("value=\"class:") + 7;
  const auto scope = page.substr(at, page.find('"', at) - at);
  for (const auto& [role, status] : {std::pair{"deputy_head", 422}, {"class_teacher", 303}}) {
    auto form = grant(person, role);
    form.erase("scope");
    form.emplace("scope", scope);
    CHECK(post(principal, "/roles", "/roles", form) == status);
  }
}
