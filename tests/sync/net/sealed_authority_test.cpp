#include <catch2/catch.hpp>

#include "sync/core/bytes.h"
#include "sync/net/certificate.h"
#include "sync/net/openssl.h"

namespace zimnik::net::test {
namespace {

constexpr sync::Time kNow{1'760'000'000'000};
const std::string kPassphrase = "correct horse battery";

/// With its first half of the text between the key's lines turned round.
std::string damaged(std::string pem) {
  const auto start = pem.find('\n') + 100;
  pem[start] = pem[start] == 'A' ? 'B' : 'A';
  return pem;
}

}  // namespace

TEST_CASE("a sealed authority opens under its passphrase as the same one") {
  const auto authority = CertificateAuthority::make("a region", kNow);
  const auto opened = CertificateAuthority::unsealed(authority.sealed(kPassphrase), kPassphrase);
  CHECK(opened.fingerprint() == authority.fingerprint());
  CHECK(opened.public_key() == authority.public_key());
  const auto record = opened.certify({}, SiteSecret::make().keys(), sync::SiteKind::hub);
  CHECK(record.is_signed_by(authority.public_key()));
}

TEST_CASE("a sealed authority's key can't be had without the passphrase") {
  const auto sealed = CertificateAuthority::make("a region", kNow).sealed(kPassphrase);
  CHECK(sealed.find("BEGIN ENCRYPTED PRIVATE KEY") != std::string::npos);
  CHECK(sealed.find("BEGIN PRIVATE KEY") == std::string::npos);
  CHECK_THROWS_AS(CertificateAuthority::unsealed(sealed, "correct horse"), sync::Refused);
  CHECK_THROWS_AS(CertificateAuthority::unsealed(sealed, ""), sync::Refused);
}

TEST_CASE("what isn't a sealed authority, or not one's own certificate, is refused") {
  const auto authority = CertificateAuthority::make("a region", kNow);
  const auto other = CertificateAuthority::make("another region", kNow);
  const auto sealed = authority.sealed(kPassphrase);
  const auto key = sealed.substr(0, sealed.find("-----BEGIN CERTIFICATE"));
  const auto open = [](const std::string& text) {
    CertificateAuthority::unsealed(text, kPassphrase);
  };
  CHECK_THROWS_AS(open(""), sync::Refused);
  CHECK_THROWS_AS(open(authority.certificate_pem()), sync::Refused);
  CHECK_THROWS_AS(open(key), sync::Refused);
  CHECK_THROWS_AS(open(key + other.certificate_pem()), sync::Refused);
  CHECK_THROWS_AS(open(damaged(sealed)), sync::Refused);
}

}  // namespace zimnik::net::test
