#include "sync/web/totp.h"

#include <catch2/catch.hpp>

using namespace zimnik;
using namespace zimnik::web;

namespace {

const std::string kSecret = "12345678901234567890";  // of RFC 6238, appendix B

}  // namespace

TEST_CASE("codes are those of RFC 6238's appendix B, in six digits") {
  for (const auto& [seconds, code] :
       {std::pair(std::int64_t{59}, "287082"), std::pair(std::int64_t{1111111109}, "081804"),
        std::pair(std::int64_t{1111111111}, "050471"),
        std::pair(std::int64_t{1234567890}, "005924"),
        std::pair(std::int64_t{2000000000}, "279037"),
        std::pair(std::int64_t{20000000000}, "353130")}) {
    CHECK(totp_code(kSecret, seconds / 30) == code);
  }
}

TEST_CASE("a code holds a step before and after its own, and once") {
  const sync::Time now{59'000};
  CHECK(totp_step(kSecret, "287 082", now, 0) == 1);
  CHECK(totp_step(kSecret, "287082", {now.ms + 30'000}, 0) == 1);
  CHECK(totp_step(kSecret, "287082", {now.ms - 30'000}, 0) == 1);
  CHECK_FALSE(totp_step(kSecret, "287082", {now.ms + 60'000}, 0));
  CHECK_FALSE(totp_step(kSecret, "287082", now, 1));
  for (const char* wrong : {"", "287083", "28708", "2870820", "28708a"}) {
    CHECK_FALSE(totp_step(kSecret, wrong, now, 0));
  }
}

TEST_CASE("an application is told the secret in Base32") {
  CHECK(totp_address(kSecret, "Zimnik", "mama") ==
        "otpauth://totp/Zimnik:mama?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Zimnik");
  CHECK(totp_secret_text("1234567890") == "GEZD-GNBV-GY3T-QOJQ");
  CHECK(new_totp_secret().size() == 20);
  CHECK(new_totp_secret() != new_totp_secret());
}
