// The certificate that the school's browsers see, on a machine whose clock may be wrong.
#include "node/web/web_certificate.h"

#include <openssl/x509.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "sync/net/openssl.h"
#include "sync/net/private_file.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;
const std::vector<std::string> kNames{"journal.example", "192.0.2.1"};

sync::Time after_years(std::int64_t years) { return {kNow.ms + years * kYearMs}; }

bool holds(const std::string& path, sync::Time now) {
  const auto certificate = net::certificate_from(net::read_file(path, 64 * 1024));
  auto at = static_cast<time_t>(now.ms / 1000);
  return X509_cmp_time(X509_get0_notBefore(certificate.get()), &at) < 0 &&
         X509_cmp_time(X509_get0_notAfter(certificate.get()), &at) > 0;
}

struct WebFolder : EnrolledFolder {
  void start(sync::Time now) { node::web_tls(folder(), kNames, now); }
  std::string read() { return net::read_file(folder().web_certificate(), 64 * 1024); }
};

}  // namespace

TEST_CASE_METHOD(WebFolder, "a certificate is kept, and made anew before it ends") {
  start(kNow);
  CHECK(holds(folder().web_certificate(), kNow));
  const auto first = read();
  start(kNow);
  CHECK(read() == first);
  start(after_years(2));
  CHECK(read() != first);
  CHECK(holds(folder().web_certificate(), after_years(2)));
}

TEST_CASE_METHOD(WebFolder, "one of a clock that was wrong is made anew when the clock is right") {
  const auto wrong = GENERATE(after_years(75), sync::Time{1000});
  start(wrong);
  CHECK(holds(folder().web_certificate(), wrong));
  start(kNow);
  CHECK(holds(folder().web_certificate(), kNow));
}

TEST_CASE_METHOD(WebFolder, "the authority holds whatever the clock said when it was made") {
  start(GENERATE(after_years(75), sync::Time{1000}));
  const auto fingerprint = node::web_fingerprint(folder());
  start(kNow);
  CHECK(holds(folder().web_authority(), kNow));
  CHECK(holds(folder().web_authority(), after_years(20)));
  CHECK(node::web_fingerprint(folder()) == fingerprint);
}
