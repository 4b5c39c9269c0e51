#include "hub/federal/attempt.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

constexpr sync::Time kNow{1'790'000'000'000};

TEST_CASE("an attempt comes back from its browser as it went, for ten minutes") {
  const FederalAttempts attempts;
  const FederalAttempt attempt{FederalSecrets::make(), 17};
  const auto sealed = attempts.seal(attempt, kNow);
  const auto back = attempts.open(sealed, {kNow.ms + FederalAttempts::kMs});
  REQUIRE(back);
  CHECK(back->secrets.state == attempt.secrets.state);
  CHECK(back->secrets.nonce == attempt.secrets.nonce);
  CHECK(back->secrets.verifier == attempt.secrets.verifier);
  CHECK(back->account == 17);
  CHECK_FALSE(attempts.open(sealed, {kNow.ms + FederalAttempts::kMs + 1}));
}

TEST_CASE("nobody else makes an attempt, or reads or changes one") {
  const FederalAttempts attempts, others;
  const auto sealed = attempts.seal({FederalSecrets::make(), 17}, kNow);
  CHECK_FALSE(others.open(sealed, kNow));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] = changed[at] == '0' ? '1' : '0';
    CHECK_FALSE(attempts.open(changed, kNow));
    CHECK_FALSE(attempts.open(sealed.substr(0, at), kNow));
  }
  CHECK_FALSE(attempts.open(std::string(100'000, '0'), kNow));
}

}  // namespace zimnik::hub::test
