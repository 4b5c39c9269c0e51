// What a site attests of its log: its state now, and the region's newest word on it.
#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/store/town.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;

namespace {

void mark(Node& node, int pupil) {
  node.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (1, " + std::to_string(pupil) +
            ", 'ann', 5)");
}

PublicKey authority() { return site_key("authority").public_key(); }

}  // namespace

TEST_CASE("a site attests the state of its log; others who hold it know that state again") {
  Node a("a"), b("b");
  a->add_site(b.record());
  b->add_site(a.record());
  CHECK_FALSE(a->attest("page", sha256({"x"}), a.now));
  mark(a, 1);
  exchange(a, b);
  const auto made = a->attest("page", sha256({"x"}), a.now);
  REQUIRE(made);
  CHECK(made->size == 1);
  CHECK(made->site.keys.id() == a.id());
  CHECK_FALSE(made->receipt);
  CHECK(faults_of(*made, authority()).empty());
  mark(a, 2);
  CHECK(a->holds_state(a.log(), made->size, made->root));
  CHECK(b->holds_state(a.log(), made->size, made->root));
  CHECK_FALSE(a->holds_state(a.log(), 2, made->root));
  CHECK_FALSE(a->holds_state(a.log(), 99, made->root));
  CHECK_FALSE(a->holds_state(b.log(), 1, made->root));
  CHECK_THROWS(a->attest(std::string(limits::kAttestedBytes + 1, 'x'), sha256({"x"}), a.now));
}

TEST_CASE("the newest receipt of the region goes with it") {
  Setup hub_setup;
  hub_setup.kind = SiteKind::hub;
  hub_setup.keys = {};
  Node a("a"), hub("hub", hub_setup);
  a->add_site(hub.record());
  hub->add_site(a.record());
  a->note_reader(hub.id());
  hub->note_reader(a.id());
  mark(a, 1);
  mark(a, 2);
  exchange(a, hub);
  mark(a, 3);
  const auto made = a->attest("page", sha256({"x"}), a.now);
  REQUIRE(made);
  CHECK(made->size == 3);
  REQUIRE(made->receipt);
  CHECK(made->receipt->size == 2);
  CHECK(made->receipt->hub.keys.id() == hub.id());
  CHECK(faults_of(*made, authority()).empty());
}
