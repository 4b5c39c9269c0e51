#include "sync/net/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "sync/core/bytes.h"
#include "sync/net/openssl.h"
#include "tests/sync/net/folder.h"

namespace zimnik::net::test {
namespace {

constexpr sync::Time kNow{1'760'000'000'000};
const sync::SchoolId kSchool = sync::SchoolId::from("a school of 16 b");

std::string issued(const CertificateAuthority& authority, const SiteSecret& site) {
  return authority.issue(certificate_request(site), kSchool, site.keys(), kNow);
}

bool is_issued_by(const std::string& certificate, const CertificateAuthority& authority) {
  const auto above = certificate_from(authority.certificate_pem());
  return X509_verify(certificate_from(certificate).get(), X509_get0_pubkey(above.get())) == 1;
}

}  // namespace

TEST_CASE("a certificate names the school and the site of the request") {
  const auto authority = CertificateAuthority::make("a region", kNow);
  const auto site = SiteSecret::make();
  const auto pem = issued(authority, site);
  const auto facts = read_certificate(pem);
  REQUIRE(facts.peer);
  CHECK(facts.peer->school == kSchool);
  CHECK(facts.peer->site == site.id());
  CHECK(facts.not_after.ms == kNow.ms + std::int64_t{2} * 365 * 24 * 3600 * 1000);
  CHECK(is_issued_by(pem, authority));
}

TEST_CASE("the authority's certificate holds the key that signs site records") {
  const auto authority = CertificateAuthority::make("a region", kNow);
  const auto facts = read_certificate(authority.certificate_pem());
  CHECK(facts.authority == authority.public_key());
  CHECK(facts.fingerprint == authority.fingerprint());
  CHECK_FALSE(facts.peer);
  const auto record = authority.certify(kSchool, SiteSecret::make().keys(), sync::SiteKind::node);
  CHECK(record.is_signed_by(authority.public_key()));
}

TEST_CASE("an authority is the same after saving and loading") {
  const Folder folder;
  const auto path = folder.file("authority.pem");
  const auto authority = CertificateAuthority::make("a region", kNow);
  authority.save(path);
  const auto loaded = CertificateAuthority::load(path);
  CHECK(loaded.public_key() == authority.public_key());
  CHECK(loaded.certificate_pem() == authority.certificate_pem());
  CHECK(is_issued_by(issued(loaded, SiteSecret::make()), authority));
}

TEST_CASE("another authority's certificate isn't one of this authority") {
  const auto one = CertificateAuthority::make("a region", kNow);
  const auto other = CertificateAuthority::make("a region", kNow);
  CHECK_FALSE(is_issued_by(issued(other, SiteSecret::make()), one));
}

TEST_CASE("key and certificate of two authorities are refused in one file") {
  const Folder folder;
  const auto path = folder.file("authority.pem");
  CertificateAuthority::make("a region", kNow).save(path);
  std::string text;
  std::getline(std::ifstream(path), text, '\0');
  const auto end = text.find("-----BEGIN CERTIFICATE");
  std::ofstream(path) << text.substr(0, end)
                      << CertificateAuthority::make("another", kNow).certificate_pem();
  CHECK_THROWS_AS(CertificateAuthority::load(path), sync::Refused);
}

TEST_CASE("a request for another key than the site's is refused") {
  const auto authority = CertificateAuthority::make("a region", kNow);
  const auto site = SiteSecret::make();
  const auto other = SiteSecret::make();
  CHECK_THROWS_AS(authority.issue(certificate_request(other), kSchool, site.keys(), kNow),
                  sync::Refused);
}

TEST_CASE("a request that isn't signed by its key, or isn't one, is refused") {
  const auto site = SiteSecret::make();
  auto pem = certificate_request(site);
  CHECK(requested_key(pem) == site.keys().encryption);
  const auto place = pem.rfind("\n-----END") - 12;
  pem[place] = pem[place] == 'A' ? 'B' : 'A';
  CHECK_THROWS_AS(requested_key(pem), sync::Refused);
  CHECK_THROWS_AS(requested_key(""), sync::Refused);
  CHECK_THROWS_AS(requested_key(std::string(1 << 20, 'A')), sync::Refused);
}

TEST_CASE("a request for a key that isn't a P-256 one is refused") {
  const KeyPointer key(EVP_EC_gen("P-384"));
  const RequestPointer request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key.get());
  X509_REQ_sign(request.get(), key.get(), EVP_sha256());
  const auto pem = written([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
  CHECK_THROWS_AS(requested_key(pem), sync::Refused);
}

}  // namespace zimnik::net::test
