#include "node/web/web_certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>

#include "sync/net/openssl.h"
#include "sync/net/private_file.h"

namespace zimnik::node {

using net::require;

namespace {

using ExtensionPointer = std::unique_ptr<X509_EXTENSION, net::OpenSslFree<X509_EXTENSION_free>>;

constexpr std::size_t kFileBytes = 64 * 1024;
constexpr int kCertificateDays = 397;  // browsers take none that lasts longer
constexpr int kRenewDays = 30;
constexpr long kDaySeconds = 24L * 3600;
// Not from the clock: it may have been wrong at the first start, and what people have installed in
// their browsers can't be made anew.
constexpr const char* kAuthorityBegins = "20200101000000Z";
constexpr const char* kAuthorityEnds = "20991231235959Z";

struct Pair {
  net::KeyPointer key;
  net::CertificatePointer certificate;
};

bool is_address(const std::string& name) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, name.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

time_t seconds(sync::Time time) { return static_cast<time_t>(time.ms / 1000); }

/// A new key, and a certificate for it that nobody has signed yet, nor said when it holds.
Pair blank(const std::string& name) {
  Pair pair{net::KeyPointer(EVP_EC_gen("P-256")), net::CertificatePointer(X509_new())};
  require(pair.key && pair.certificate, "a key");
  X509* certificate = pair.certificate.get();
  unsigned char number[8];
  require(RAND_bytes(number, sizeof number) == 1, "random bytes");
  number[0] &= 0x7f;
  BIGNUM* serial = BN_bin2bn(number, sizeof number, nullptr);
  const bool made = X509_set_version(certificate, X509_VERSION_3) == 1 &&
                    BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(certificate)) != nullptr &&
                    X509_set_pubkey(certificate, pair.key.get()) == 1;
  BN_free(serial);
  require(made, "a certificate");
  const auto* text = reinterpret_cast<const unsigned char*>(name.data());
  require(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text,
                                     static_cast<int>(name.size()), -1, 0) == 1,
          "a name");
  return pair;
}

void sign(Pair& pair, const Pair& issuer) {
  require(X509_set_issuer_name(pair.certificate.get(),
                               X509_get_subject_name(issuer.certificate.get())) == 1 &&
              X509_sign(pair.certificate.get(), issuer.key.get(), EVP_sha256()) > 0,
          "signing a certificate");
}

std::string certificate_pem(const Pair& pair) {
  return net::written([&](BIO* bio) { return PEM_write_bio_X509(bio, pair.certificate.get()); });
}

std::string key_pem(const Pair& pair) {
  return net::written([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, pair.key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
  });
}

void save(const std::string& path, const Pair& pair) {
  net::write_private_file(path, key_pem(pair) + certificate_pem(pair));
}

Pair load(const std::string& path) {
  const auto pem = net::read_file(path, kFileBytes);
  return {net::private_key_from(pem), net::certificate_from(pem)};
}

Pair authority(const DataFolder& folder) {
  const auto path = folder.web_authority();
  if (std::filesystem::exists(path)) return load(path);
  auto made = blank("Zimnik: " + own_names().front());
  X509* certificate = made.certificate.get();
  require(ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), kAuthorityBegins) == 1 &&
              ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), kAuthorityEnds) == 1,
          "dates");
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
  sign(made, made);
  save(path, made);
  return made;
}

bool still_fits(const Pair& pair, const std::vector<std::string>& names, sync::Time now) {
  time_t today = seconds(now), soon = today + kRenewDays * kDaySeconds;
  if (X509_cmp_time(X509_get0_notBefore(pair.certificate.get()), &today) > 0) return false;
  if (X509_cmp_time(X509_get0_notAfter(pair.certificate.get()), &soon) < 0) return false;
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return is_address(name)
               ? X509_check_ip_asc(pair.certificate.get(), name.c_str(), 0) == 1
               : X509_check_host(pair.certificate.get(), name.data(), name.size(), 0, nullptr) == 1;
  });
}

Pair issue(const Pair& issuer, const std::vector<std::string>& names, sync::Time now) {
  auto made = blank(names.front());
  std::string alternatives;
  for (const auto& name : names) {
    alternatives +=
        (alternatives.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
  }
  X509* certificate = made.certificate.get();
  time_t today = seconds(now);
  require(X509_time_adj_ex(X509_getm_notBefore(certificate), -1, 0, &today) != nullptr &&
              X509_time_adj_ex(X509_getm_notAfter(certificate), kCertificateDays - 1, 0, &today) !=
                  nullptr,
          "dates");
  add_extension(certificate, issuer.certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, issuer.certificate.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate, issuer.certificate.get(), NID_ext_key_usage, "serverAuth");
  add_extension(certificate, issuer.certificate.get(), NID_subject_alt_name, alternatives);
  sign(made, issuer);
  return made;
}

}  // namespace

net::TlsOptions web_tls(const DataFolder& folder, const std::vector<std::string>& names,
                        sync::Time now) {
  const auto issuer = authority(folder);
  const auto path = folder.web_certificate();
  const bool fits = std::filesystem::exists(path) && still_fits(load(path), names, now);
  if (!fits) save(path, issue(issuer, names, now));
  const auto pair = load(path);
  return {certificate_pem(pair) + certificate_pem(issuer), key_pem(pair), {}};
}

std::string web_fingerprint(const DataFolder& folder) {
  const auto pair = authority(folder);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  require(X509_digest(pair.certificate.get(), EVP_sha256(), digest, &size) == 1, "digest");
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    if (i > 0) text += ':';
    text += {kDigits[digest[i] >> 4], kDigits[digest[i] & 15]};
  }
  return text;
}

std::vector<std::string> own_names() {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  std::vector<std::string> names{host[0] == '\0' ? "localhost" : host};
  const auto add = [&](const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  add("localhost");
  ifaddrs* interfaces = nullptr;
  if (getifaddrs(&interfaces) != 0) return names;
  for (const auto* it = interfaces; it != nullptr; it = it->ifa_next) {
    if (it->ifa_addr == nullptr || it->ifa_addr->sa_family != AF_INET) continue;
    char text[INET_ADDRSTRLEN];
    const auto* address = reinterpret_cast<const sockaddr_in*>(it->ifa_addr);
    if (inet_ntop(AF_INET, &address->sin_addr, text, sizeof text) != nullptr) add(text);
  }
  freeifaddrs(interfaces);
  return names;
}

}  // namespace zimnik::node
