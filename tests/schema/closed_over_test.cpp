#include "schema/closed_over.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

using sync::SiteId;
using sync::Stream;

SiteId site(char letter) { return SiteId::from(std::string(16, letter)); }

TEST_CASE("it covers the shared logs as far as they were held, and comes back from its text") {
  const sync::Frontier frontier = {{{site('a'), Stream::shared}, 7, {}},
                                   {{site('a'), Stream::school}, 90, {}},
                                   {{site('b'), Stream::shared}, 3, {}},
                                   {{site('b'), Stream::shared}, 5, {}}};
  const ClosedOver made(frontier);
  for (const auto& over : {made, ClosedOver::parse(made.text())}) {
    CHECK(over.covers(site('a'), 7));
    CHECK_FALSE(over.covers(site('a'), 8));
    CHECK(over.covers(site('b'), 5));
    CHECK_FALSE(over.covers(site('c'), 1));
  }
  CHECK(made.text() == site('a').hex() + ":7," + site('b').hex() + ":5");
}

TEST_CASE("what isn't of its form is left out") {
  const auto good = site('a').hex() + ":7";
  const std::vector<std::string> bad_ones = {"",
                                             ",",
                                             ":",
                                             "61:7",
                                             "x",
                                             site('b').hex() + ":",
                                             site('b').hex() + ":-1",
                                             site('b').hex() + ":1x",
                                             site('b').hex() + ":99999999999999999999999"};
  for (const auto& bad : bad_ones) {
    INFO(bad);
    CHECK(ClosedOver::parse(bad).is_empty());
    CHECK(ClosedOver::parse(bad + "," + good + "," + bad).text() == good);
  }
}

}  // namespace
}  // namespace zimnik::journal
