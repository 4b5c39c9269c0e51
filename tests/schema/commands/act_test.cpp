// Slips that would make an act other than what was meant.
#include "schema/commands/act.h"

#include <catch2/catch.hpp>

#include "tests/schema/small_school.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using namespace sync;
using Catch::Contains;

Entry by(Node& node, std::uint16_t rank) { return node.entry(node.page(), {"somebody", rank}); }

TEST_CASE("a site and an act are named by their beginnings, where that names one") {
  auto a = school_node();
  auto b = empty_node("b");
  exchange(a, b);
  CHECK(site_named(*a, b.id().hex().substr(0, 8)).record.keys.id() == b.id());
  CHECK_THROWS_WITH(site_named(*a, "abc"), Contains("в этой школе нет"));
  CHECK_THROWS_WITH(site_named(*a, ""), Contains("в этой школе нет"));
  const auto name = write_act(*a, by(a, rank::kPrincipal), VoidAccount{"x", {1}, {}}, "Акт");
  CHECK(act_named(*a, name.hex().substr(0, 4)).name == name);
  CHECK_THROWS_WITH(act_named(*a, b.id().hex()), Contains("в этой школе нет"));
}

TEST_CASE("a site is revoked after what is here, unless an entry is named") {
  auto a = school_node();
  CHECK(void_site(*a, a.id(), {}).shared_from == a.leaves() + 1);
  CHECK(void_site(*a, a.id(), {}).school_from == 1);
  CHECK(void_site(*a, a.id(), {3, 7}) == VoidSite{a.id(), 3, 7});
  CHECK_THROWS_WITH(void_site(*a, a.id(), {0, 1}), Contains("считаются с 1"));
}

TEST_CASE("an act that would have no power isn't written") {
  auto a = school_node();
  const auto before = a.leaves();
  const VoidAccount what{"x", {1}, {}};
  CHECK_THROWS_WITH(write_act(*a, by(a, rank::kDeputyHead), what, "Акт"), Contains("прав недоста"));
  CHECK_THROWS_WITH(write_act(*a, by(a, rank::kPrincipal), what, " "), Contains("Основание"));
  CHECK(a.leaves() == before);
  const auto name = write_act(*a, by(a, rank::kPrincipal), what, "Акт");
  CHECK_THROWS_WITH(write_act(*a, by(a, rank::kTechnicalSpecialist), Revoke{name}, "Акт"),
                    Contains("прав недостаточно"));
}

TEST_CASE("an act is undone once, and a forgetting never") {
  auto a = school_node();
  const auto name = write_act(*a, by(a, rank::kPrincipal), VoidAccount{"x", {1}, {}}, "Акт");
  write_act(*a, by(a, rank::kPrincipal), undo(act_named(*a, name.hex())), "Ошибка");
  CHECK_THROWS_WITH(undo(act_named(*a, name.hex())), Contains("и так не в силе"));
  const auto forget = write_act(*a, by(a, rank::kPrincipal), Forget{kIvanov}, "Срок прошёл");
  CHECK_THROWS_WITH(undo(act_named(*a, forget.hex())), Contains("не отменить"));
}

}  // namespace
}  // namespace zimnik::journal
