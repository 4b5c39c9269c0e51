#include "schema/commands/account.h"

#include <catch2/catch.hpp>

#include "schema/access.h"
#include "schema/read/people.h"
#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using sync::Command;

TEST_CASE("an account is open until it is locked, and a login is taken once") {
  auto node = school_node();
  const auto add = [](Command& run) { add_account(run, "a.sambindalova", kTeacher, "scrypt…"); };
  node.save(add);
  CHECK(refusal(node, add) == "Такой логин уже занят");
  auto account = account_of(node->database(), "a.sambindalova");
  REQUIRE(account);
  CHECK(account->is_open);
  CHECK(account->person == kTeacher);
  CHECK(account->verifier == "scrypt…");
  node.save([](Command& run) {
    lock_account(run, "a.sambindalova");
    set_verifier(run, "a.sambindalova", "new");
  });
  account = account_of(node->database(), "a.sambindalova");
  CHECK_FALSE(account->is_open);
  CHECK(account->verifier == "new");
  CHECK_FALSE(account_of(node->database(), "nobody"));
}

TEST_CASE("a code is kept as a hash until its time, and is over with the password chosen by it") {
  auto node = school_node();
  node.save([](Command& run) { add_account(run, "anna", kTeacher, "scrypt…"); });
  node.save([](Command& run) { issue_code(run, "anna", "first", sync::Time{1000}); });
  node.save([](Command& run) { issue_code(run, "anna", "second", sync::Time{2000}); });
  auto account = account_of(node->database(), "anna");
  CHECK(account->code_hash == "second");
  CHECK(account->code_expires == sync::Time{2000});
  CHECK(account->verifier == "scrypt…");
  const auto use = [&](const char* code, std::int64_t now) {
    return refusal(node, [=](Command& run) { use_code(run, "anna", code, {now}, "chosen"); });
  };
  for (const auto& why : {use("first", 1), use("second", 2000), use("", 1)}) {
    CHECK(why == "Код не подходит, или его срок прошёл");
  }
  node.save([](Command& run) { use_code(run, "anna", "second", {1999}, "chosen"); });
  CHECK(use("second", 1999) == "Код не подходит, или его срок прошёл");
  account = account_of(node->database(), "anna");
  CHECK(account->code_hash.empty());
  CHECK(account->verifier == "chosen");
  CHECK(refusal(node, [](Command& run) { issue_code(run, "nobody", "x", sync::Time{1}); }) ==
        "Нет такой учётной записи");
}

TEST_CASE("a lock is known to who can't read accounts, and wins over what didn't know of it") {
  auto a = school_node(), b = empty_node("b");
  auto setup = journal_setup();
  setup.kind = sync::SiteKind::hub;
  setup.keys = {};
  sync::test::Node hub("hub", setup);
  a.save([](Command& run) { add_account(run, "anna", kTeacher, "scrypt…"); });
  exchange(a, b);
  a.save([](Command& run) { lock_account(run, "anna"); });
  b.now.ms += 60'000;
  b.save([](Command& run) { unlock_account(run, "anna"); });
  exchange(a, hub);
  exchange(b, hub);
  exchange(a, hub);
  for (auto* node : {&a, &b}) CHECK_FALSE(account_of((*node)->database(), "anna")->is_open);
  CHECK(hub.read("SELECT count(*) FROM account") == "0");
  CHECK(hub.read("SELECT login, state FROM account_lock") == "anna,locked");
  b.save([](Command& run) { unlock_account(run, "anna"); });
  CHECK(account_of(b->database(), "anna")->is_open);
}

TEST_CASE("what a program of schema 1 locked is locked, until it is unlocked") {
  auto node = school_node();
  node.save([](Command& run) { add_account(run, "anna", kTeacher, "scrypt…"); });
  node.save("UPDATE account SET state = 'locked' WHERE login = 'anna'");
  CHECK_FALSE(account_of(node->database(), "anna")->is_open);
  CHECK_FALSE(accounts(node->database()).at(0).is_open);
  node.save([](Command& run) { unlock_account(run, "anna"); });
  CHECK(account_of(node->database(), "anna")->is_open);
}

TEST_CASE("what is no login is refused") {
  auto node = school_node();
  const std::string long_one(65, 'a');
  for (const auto& login : {std::string(), std::string("Anna"), std::string("a b"), long_one}) {
    CHECK_FALSE(
        refusal(node, [&](Command& run) { add_account(run, login, kTeacher, "x"); }).empty());
  }
}

TEST_CASE("a withdrawal wins over a grant that didn't know of it") {
  auto a = school_node(), b = empty_node("b");
  exchange(a, b);
  a.save([](Command& run) { withdraw_role(run, kTeacher, Role::subject_teacher, {}, "9-к"); });
  b.now.ms += 60'000;
  b.save([](Command& run) {
    grant_role(run, kTeacher, Role::subject_teacher, {}, "8-к", day("2025-09-01"));
  });
  exchange(a, b);
  for (auto* node : {&a, &b}) {
    CHECK_FALSE(has_role((*node)->database(), kTeacher, Role::subject_teacher, day("2025-09-10")));
  }
}

}  // namespace
}  // namespace zimnik::journal
