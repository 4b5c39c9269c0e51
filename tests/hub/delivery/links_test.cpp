#include "hub/delivery/links.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

TEST_CASE("a link holds for what it was made of, and for nothing else") {
  const auto link = make_link("secret", kUnsubscribeLink, {7, 2}, "a@b.ru");
  CHECK(numbers_of_link(link, 2) == std::vector<std::int64_t>{7, 2});
  CHECK(holds(link, "secret", kUnsubscribeLink, {7, 2}, "a@b.ru"));
  CHECK_FALSE(holds(link, "another", kUnsubscribeLink, {7, 2}, "a@b.ru"));
  CHECK_FALSE(holds(link, "secret", kConfirmLink, {7, 2}, "a@b.ru"));
  CHECK_FALSE(holds(link, "secret", kUnsubscribeLink, {7, 3}, "a@b.ru"));
  CHECK_FALSE(holds(link, "secret", kUnsubscribeLink, {7, 2}, "a@c.ru"));
}

TEST_CASE("what is no link has no numbers") {
  const std::string seal(64, '0');
  for (const auto& text : {std::string(), seal, "-" + seal, "7" + seal, "7-" + seal, "7-x-" + seal,
                           "7-2-3-" + seal, std::string(300, '7') + "-2-" + seal}) {
    INFO(text);
    CHECK_FALSE(numbers_of_link(text, 2));
  }
}

}  // namespace zimnik::hub::test
