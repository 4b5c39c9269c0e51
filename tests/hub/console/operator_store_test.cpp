#include "hub/console/operator_store.h"

#include <catch2/catch.hpp>

#include "sync/web/one_time_code.h"
#include "tests/hub/region.h"

namespace zimnik::hub::test {
namespace {

constexpr sync::Time kNow{1'700'000'000'000};
sync::Time after(std::int64_t ms) { return {kNow.ms + ms}; }

/// A database with an administrator, anna, and her code.
struct Operators {
  Operators() {
    store.add("anna", OperatorRole::administrator, {}, kNow);
    id = store.find("anna")->id;
    store.issue_code(id, web::hash_of_code("code"), kNow);
  }
  net::test::Folder folder;
  HubDatabase database{folder.file("hub.db")};
  OperatorStore store{database};
  std::int64_t id = 0;
};

}  // namespace

TEST_CASE("an operator's code sets a password once, within its time, and a newer one replaces it") {
  Operators it;
  const auto code = web::hash_of_code("code");
  CHECK(it.store.owner_of_code(code, after(OperatorStore::kCodeMs - 1))->login == "anna");
  CHECK_FALSE(it.store.owner_of_code(code, after(OperatorStore::kCodeMs)));
  const auto newer = web::hash_of_code("newer");
  it.store.issue_code(it.id, newer, kNow);
  CHECK_FALSE(it.store.set_password(code, "verifier", kNow));
  CHECK(it.store.set_password(newer, "verifier", kNow));
  CHECK_FALSE(it.store.set_password(newer, "another", kNow));
  CHECK(it.store.find("anna")->verifier == "verifier");
}

TEST_CASE("a session ends when it is idle, when it is old, and with the password") {
  Operators it;
  const auto token = it.store.open_session(it.id, "", kNow);
  CHECK(it.store.of_session(token, after(OperatorStore::kIdleMs))->login == "anna");
  CHECK_FALSE(it.store.of_session(token, after(2 * OperatorStore::kIdleMs + 1)));
  auto at = kNow;
  const auto used = it.store.open_session(it.id, "", kNow);
  while (at.ms + OperatorStore::kIdleMs <= kNow.ms + OperatorStore::kSessionMs) {
    at.ms += OperatorStore::kIdleMs;
    CHECK(it.store.of_session(used, at));
  }
  CHECK_FALSE(it.store.of_session(used, after(OperatorStore::kSessionMs + 1)));
  const auto last = it.store.open_session(it.id, "", kNow);
  CHECK(it.store.set_password(web::hash_of_code("code"), "verifier", kNow));
  CHECK_FALSE(it.store.of_session(last, kNow));
}

TEST_CASE("who signs in anew has another session, and who is locked has none") {
  Operators it;
  const auto first = it.store.open_session(it.id, "", kNow);
  const auto second = it.store.open_session(it.id, first, kNow);
  CHECK(first != second);
  CHECK_FALSE(it.store.of_session(first, kNow));
  CHECK(it.store.of_session(second, kNow));
  it.store.lock(it.id, true, kNow);
  CHECK_FALSE(it.store.of_session(second, kNow));
  CHECK_FALSE(it.store.owner_of_code(web::hash_of_code("code"), kNow));
  it.store.lock(it.id, false, kNow);
  CHECK_FALSE(it.store.find("anna")->is_locked);
}

TEST_CASE("after a restore nobody is signed in, and codes of before open nothing") {
  Operators it;
  const auto token = it.store.open_session(it.id, "", kNow);
  CHECK(it.store.count_sessions(kNow) == 1);
  it.store.close_all();
  CHECK_FALSE(it.store.of_session(token, kNow));
  CHECK_FALSE(it.store.owner_of_code(web::hash_of_code("code"), kNow));
  CHECK(it.store.count_sessions(kNow) == 0);
}

TEST_CASE("an authority sees its own schools alone, support none") {
  Operators it;
  const auto own = sync::SchoolId::from(std::string(sync::SchoolId::kSize, 'a'));
  const auto other = sync::SchoolId::from(std::string(sync::SchoolId::kSize, 'b'));
  CHECK(it.store.add("ouo", OperatorRole::authority, {own}, kNow));
  CHECK_FALSE(it.store.add("ouo", OperatorRole::administrator, {}, kNow));
  CHECK(it.store.add("help", OperatorRole::support, {}, kNow));
  CHECK(it.store.find("ouo")->sees(own));
  CHECK_FALSE(it.store.find("ouo")->sees(other));
  CHECK_FALSE(it.store.find("help")->sees(own));
  CHECK(it.store.find("anna")->sees(other));
}

}  // namespace zimnik::hub::test
