#include "schema/audit/off_line.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/core/attestation.h"
#include "sync/net/certificate.h"

using namespace zimnik;
using namespace zimnik::journal;
using Catch::Contains;

namespace {

/// A region, its certificate in a file, and a site that attests a document.
struct Region {
  net::CertificateAuthority authority =
      net::CertificateAuthority::make("region", sync::Time{1'759'294'800'000});
  sync::SigningKey site = sync::SigningKey::generate();
  std::string file;

  Region() {
    file = (std::filesystem::temp_directory_path() /
            ("zimnik-" + site.public_key().hex().substr(0, 16) + ".pem"))
               .string();
    std::ofstream(file) << authority.certificate_pem();
  }
  ~Region() { std::filesystem::remove(file); }
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  sync::Attestation attest() const {
    sync::Attestation made;
    made.site = authority.certify(sync::SchoolId::from(std::string(16, 's')),
                                  {site.public_key(), {}}, sync::SiteKind::node);
    made.size = 5;
    made.what = "register/701/q1";
    made.content = sync::sha256({"page"});
    made.signature = site.sign(made.signed_bytes());
    return made;
  }
  web::ControlReply verify(const std::string& code) const {
    return run_off_line({"verify", "--code", code, "--authority", file}).value();
  }
};

}  // namespace

TEST_CASE_METHOD(Region, "a document's code is checked with the region's certificate alone") {
  const auto reply = verify(sync::encode_attestation(attest()));
  CHECK(reply.exit_code == 0);
  CHECK_THAT(reply.output, Contains("документ register/701/q1") && Contains("подписи держатся") &&
                               Contains("квитанции округа нет"));
}

TEST_CASE_METHOD(Region, "a code that was changed, or that is none, isn't taken") {
  auto forged = attest();
  forged.content = sync::sha256({"another page"});
  const auto reply = verify(sync::encode_attestation(forged));
  CHECK(reply.exit_code == 1);
  CHECK_THAT(reply.output, Contains("не доказано"));
  CHECK_THAT(verify("ZIMNIK:").errors, Contains("это не код документа"));
  CHECK(verify("ZIMNIK:").exit_code != 0);
}
