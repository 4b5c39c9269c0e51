#include "hub/family_store.h"

#include <catch2/catch.hpp>

#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

TEST_CASE("a session of a clock that was wrong for a while ends as others do") {
  const net::test::Folder folder;
  HubDatabase database(folder.file("hub.db"));
  FamilyStore families(database);
  constexpr sync::Time kNow{1'000'000'000'000}, kLater{4'000'000'000'000};
  const auto token = families.open_session(7, kLater);
  CHECK(families.account_of_session(token, kNow) == 7);
  const sync::Time after{kNow.ms + FamilyStore::kSessionMs + 1};
  CHECK_FALSE(families.account_of_session(token, after));
}

}  // namespace
}  // namespace zimnik::hub::test
