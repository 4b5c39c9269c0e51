#include "schema/read/incidents.h"

#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "schema/commands/incident.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

Node node_with_account() {
  auto node = school_node();
  node.save([](Command& run) { add_account(run, "anna", kTeacher, "verifier"); });
  return node;
}

TEST_CASE("an incident keeps when it was reported, and when principal and support first had it") {
  auto node = node_with_account();
  node.save([](Command& run) { report_incident(run, 5, "anna", " Пароль на доске ", {1000}); });
  node.save([](Command& run) { receive_as_principal(run, 5, {2000}); });
  node.save([](Command& run) {
    receive_as_support(run, 5, {3000});
    receive_as_principal(run, 5, {9000});
  });
  const auto found = incident(node->database(), 5).value();
  CHECK(found.login == "anna");
  CHECK(found.what == "Пароль на доске");
  CHECK(found.reported == sync::Time{1000});
  CHECK(found.principal_received == sync::Time{2000});
  CHECK(found.support_received == sync::Time{3000});
  CHECK_FALSE(found.act);
  const auto act = sync::Hash::from(std::string(32, 'a'));
  node.save([&](Command& run) { note_act(run, 5, act); });
  CHECK(incidents(node->database()).at(0).act == act);
}

TEST_CASE("an incident is of an account that is there, and says what happened") {
  auto node = node_with_account();
  CHECK(refusal(node, [](Command& run) { report_incident(run, 5, "nobody", "x", {1}); }) ==
        "Нет такой учётной записи");
  CHECK(refusal(node, [](Command& run) { report_incident(run, 5, "anna", " ", {1}); }) ==
        "Что случилось: не заполнено");
  CHECK(refusal(node, [](Command& run) { receive_as_support(run, 5, {1}); }) ==
        "Такого сообщения нет");
}

}  // namespace
}  // namespace zimnik::journal
