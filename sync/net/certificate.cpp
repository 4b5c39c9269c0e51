#include "sync/net/certificate.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/limits.h"
#include "sync/net/openssl.h"
#include "sync/net/private_file.h"

namespace zimnik::net {
namespace {

using ExtensionPointer = std::unique_ptr<X509_EXTENSION, OpenSslFree<X509_EXTENSION_free>>;

int no_password(char*, int, int, void*) { return -1; }

/// The point of a P-256 key; nothing of any other key.
std::optional<sync::CompressedPoint> point_of(EVP_PKEY* key) {
  char group[32];
  std::string bytes(65, '\0');
  std::size_t size = 0;
  if (EVP_PKEY_get_utf8_string_param(key, "group", group, sizeof group, nullptr) != 1 ||
      std::string_view(group) != "prime256v1" ||
      EVP_PKEY_get_octet_string_param(key, "pub", octets(bytes), bytes.size(), &size) != 1) {
    return std::nullopt;
  }
  if (size == sync::CompressedPoint::kSize) return sync::CompressedPoint::from(bytes);
  if (size != bytes.size()) return std::nullopt;
  const char sign = (bytes[64] & 1) != 0 ? '\3' : '\2';
  return sync::CompressedPoint::from(sign + bytes.substr(1, 32));
}

void add_name(X509_NAME* name, const char* field, const std::string& text) {
  require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, octets(text),
                                     static_cast<int>(text.size()), -1, 0) == 1,
          "name");
}

void add_extension(X509* certificate, int kind, const char* value) {
  const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

/// Version 3, a random serial number, and the time from a day before `now` on.
CertificatePointer new_certificate(sync::Time now, std::chrono::seconds age) {
  CertificatePointer certificate(X509_new());
  std::string serial(16, '\0');
  require(certificate && RAND_bytes(octets(serial), 16) == 1, "certificate");
  serial[0] = static_cast<char>((serial[0] & 0x3f) | 0x40);
  const std::unique_ptr<BIGNUM, OpenSslFree<BN_free>> number(
      BN_bin2bn(octets(serial), 16, nullptr));
  const std::time_t start = now.ms / 1000;
  const std::chrono::seconds slack = limits::kClockSlack;
  require(
      X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
          BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get())) != nullptr &&
          ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start - slack.count()) != nullptr &&
          ASN1_TIME_set(X509_getm_notAfter(certificate.get()), start + age.count()) != nullptr,
      "certificate");
  return certificate;
}

std::string sign(X509* certificate, const sync::SigningKey& key) {
  require(X509_sign(certificate, native_key(key).get(), nullptr) > 0, "signing a certificate");
  return written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

std::string self_signed(const sync::SigningKey& key, const std::string& region, sync::Time now) {
  const auto certificate = new_certificate(now, limits::kAuthorityAge);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  add_name(name, "CN", region);
  require(X509_set_issuer_name(certificate.get(), name) == 1 &&
              X509_set_pubkey(certificate.get(), native_key(key).get()) == 1,
          "certificate");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate.get(), NID_key_usage, "critical,keyCertSign");
  return sign(certificate.get(), key);
}

RequestPointer request_from(std::string_view pem) {
  if (pem.size() > limits::kPemBytes) throw sync::Refused("a certificate request that is too long");
  RequestPointer request(PEM_read_bio_X509_REQ(reading(pem).get(), nullptr, no_password, nullptr));
  if (!request) throw sync::Refused("not a certificate request");
  return request;
}

/// The bytes that the one entry of this kind names in hexadecimal.
template <class Id>
std::optional<Id> named(const X509_NAME* name, int kind) {
  const int place = X509_NAME_get_index_by_NID(name, kind, -1);
  if (place < 0 || X509_NAME_get_index_by_NID(name, kind, place) >= 0) return std::nullopt;
  const ASN1_STRING* text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place));
  const auto bytes = sync::from_hex({reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                                     static_cast<std::size_t>(ASN1_STRING_length(text))});
  if (!bytes || bytes->size() != Id::kSize) return std::nullopt;
  return Id::from(*bytes);
}

sync::Time moment(const ASN1_TIME* time) {
  const std::unique_ptr<ASN1_TIME, OpenSslFree<ASN1_TIME_free>> epoch(ASN1_TIME_set(nullptr, 0));
  int days = 0;
  int seconds = 0;
  require(ASN1_TIME_diff(&days, &seconds, epoch.get(), time) == 1, "time");
  return {(std::int64_t{days} * 86'400 + seconds) * 1000};
}

}  // namespace

CertificatePointer certificate_from(std::string_view pem) {
  if (pem.size() > limits::kPemBytes) throw sync::Refused("a certificate that is too long");
  CertificatePointer certificate(
      PEM_read_bio_X509(reading(pem).get(), nullptr, no_password, nullptr));
  if (!certificate) throw sync::Refused("not a certificate");
  return certificate;
}

KeyPointer private_key_from(std::string_view pem) {
  KeyPointer key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_password, nullptr));
  if (!key) throw sync::Refused("not a private key");
  return key;
}

KeyPointer native_key(const sync::SigningKey& key) {
  const auto seed = key.seed();
  KeyPointer result(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()));
  require(result != nullptr, "no Ed25519 key");
  return result;
}

std::optional<PeerIdentity> identity_of(const X509* certificate) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  const auto school = named<sync::SchoolId>(name, NID_organizationName);
  const auto site = named<sync::SiteId>(name, NID_commonName);
  if (!school || !site) return std::nullopt;
  return PeerIdentity{*school, *site};
}

Fingerprint fingerprint_of(const X509* certificate) {
  Fingerprint result;
  require(X509_digest(certificate, EVP_sha256(), result.bytes.data(), nullptr) == 1, "digest");
  return result;
}

sync::Time end_of(const X509* certificate) { return moment(X509_get0_notAfter(certificate)); }

CertificateFacts read_certificate(std::string_view pem) {
  const auto certificate = certificate_from(pem);
  CertificateFacts facts;
  facts.peer = identity_of(certificate.get());
  facts.fingerprint = fingerprint_of(certificate.get());
  facts.not_before = moment(X509_get0_notBefore(certificate.get()));
  facts.not_after = end_of(certificate.get());
  sync::PublicKey key;
  std::size_t size = sync::PublicKey::kSize;
  EVP_PKEY* native_key = X509_get0_pubkey(certificate.get());
  if (native_key != nullptr && EVP_PKEY_get_id(native_key) == EVP_PKEY_ED25519 &&
      EVP_PKEY_get_raw_public_key(native_key, key.bytes.data(), &size) == 1) {
    facts.authority = key;
  }
  return facts;
}

std::string certificate_request(const SiteSecret& site) {
  const RequestPointer request(X509_REQ_new());
  require(request != nullptr, "request");
  add_name(X509_REQ_get_subject_name(request.get()), "CN", site.id().hex());
  EVP_PKEY* key = site.encryption().native();
  require(X509_REQ_set_pubkey(request.get(), key) == 1 &&
              X509_REQ_sign(request.get(), key, EVP_sha256()) > 0,
          "signing a request");
  return written([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); });
}

sync::CompressedPoint requested_key(std::string_view pem) {
  const auto request = request_from(pem);
  EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
  const auto point = key == nullptr ? std::nullopt : point_of(key);
  if (!point) throw sync::Refused("a certificate request for a key that isn't a P-256 one");
  if (X509_REQ_verify(request.get(), key) != 1) {
    throw sync::Refused("a certificate request that isn't signed by its key");
  }
  return *point;
}

CertificateAuthority CertificateAuthority::make(const std::string& region, sync::Time now) {
  auto key = sync::SigningKey::generate();
  auto certificate = self_signed(key, region, now);
  return {std::move(key), std::move(certificate)};
}

std::optional<CertificateAuthority> CertificateAuthority::of(const EVP_PKEY* key,
                                                             X509* certificate) {
  std::string seed(32, '\0');
  std::size_t size = seed.size();
  if (EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_private_key(key, octets(seed), &size) != 1 ||
      X509_check_private_key(certificate, key) != 1) {
    return std::nullopt;
  }
  return CertificateAuthority(sync::SigningKey::from_seed(seed), written([&](BIO* bio) {
                                return PEM_write_bio_X509(bio, certificate);
                              }));
}

CertificateAuthority CertificateAuthority::load(const std::string& path) {
  const auto file = read_file(path, limits::kKeyFileBytes);
  auto authority = of(private_key_from(file).get(), certificate_from(file).get());
  if (!authority) {
    throw sync::Refused(path + ": key and certificate aren't those of one authority");
  }
  return std::move(*authority);
}

void CertificateAuthority::save(const std::string& path) const {
  const auto key = written([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, native_key(key_).get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
  });
  write_private_file(path, key + certificate_);
}

Fingerprint CertificateAuthority::fingerprint() const {
  return fingerprint_of(certificate_from(certificate_).get());
}

std::string CertificateAuthority::issue(std::string_view request_pem, const sync::SchoolId& school,
                                        const sync::SiteKeys& keys, sync::Time now) const {
  if (requested_key(request_pem) != keys.encryption) {
    throw sync::Refused("a certificate request for another key than the site's");
  }
  const auto request = request_from(request_pem);
  const auto certificate = new_certificate(now, limits::kCertificateAge);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  add_name(subject, "O", school.hex());
  add_name(subject, "CN", keys.id().hex());
  const auto issuer = certificate_from(certificate_);
  require(X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())) == 1 &&
              X509_set_pubkey(certificate.get(), X509_REQ_get0_pubkey(request.get())) == 1,
          "certificate");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  return sign(certificate.get(), key_);
}

sync::SiteRecord CertificateAuthority::certify(const sync::SchoolId& school,
                                               const sync::SiteKeys& keys,
                                               sync::SiteKind kind) const {
  sync::SiteRecord record{school, keys, kind, {}};
  record.signature = key_.sign(record.signed_bytes());
  return record;
}

}  // namespace zimnik::net
