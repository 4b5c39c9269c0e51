#include "hub/federal/attempt.h"

#include <catch2/catch.hpp>

namespace zimnik::hub::test {

constexpr sync::Time kNow{1'790'000'000'000};

TEST_CASE("an attempt comes back from its browser as it went, for ten minutes") {
  const FederalSeals attempts;
  const FederalAttempt attempt{FederalSecrets::make(), 17};
  const auto sealed = attempts.seal(attempt, kNow);
  const auto back = attempts.open_attempt(sealed, {kNow.ms + FederalSeals::kMs});
  REQUIRE(back);
  CHECK(back->secrets.state == attempt.secrets.state);
  CHECK(back->secrets.nonce == attempt.secrets.nonce);
  CHECK(back->secrets.verifier == attempt.secrets.verifier);
  CHECK(back->account == 17);
  CHECK_FALSE(attempts.open_attempt(sealed, {kNow.ms + FederalSeals::kMs + 1}));
}

TEST_CASE("nobody else makes an attempt, or reads or changes one") {
  const FederalSeals attempts, others;
  const auto sealed = attempts.seal(FederalAttempt{FederalSecrets::make(), 17}, kNow);
  CHECK_FALSE(others.open_attempt(sealed, kNow));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] = changed[at] == '0' ? '1' : '0';
    CHECK_FALSE(attempts.open_attempt(changed, kNow));
    CHECK_FALSE(attempts.open_attempt(sealed.substr(0, at), kNow));
  }
  CHECK_FALSE(attempts.open_attempt(std::string(100'000, '0'), kNow));
}

TEST_CASE("an identity that was found is no attempt, and an attempt no identity") {
  const FederalSeals seals;
  const auto found = seals.seal(FoundIdentity{{"https://id.example", "42"}, 17}, kNow);
  const auto attempt = seals.seal(FederalAttempt{FederalSecrets::make(), 17}, kNow);
  REQUIRE(seals.open_found(found, kNow));
  CHECK(seals.open_found(found, kNow)->identity.subject == "42");
  CHECK(seals.open_found(found, kNow)->account == 17);
  CHECK_FALSE(seals.open_found(attempt, kNow));
  CHECK_FALSE(seals.open_attempt(found, kNow));
}

}  // namespace zimnik::hub::test
