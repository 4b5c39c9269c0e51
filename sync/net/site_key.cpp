#include "sync/net/site_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <optional>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/limits.h"
#include "sync/net/openssl.h"
#include "sync/net/private_file.h"

namespace zimnik::net {
namespace {

// The file of a site's keys: this line, then a line for each key.
constexpr std::string_view kTitle = "zimnik site key 1\n";
constexpr std::string_view kSigning = "signing ";
constexpr std::string_view kEncryption = "encryption ";
constexpr std::size_t kKeyDigits = 64;

using GroupPointer = std::unique_ptr<EC_GROUP, OpenSslFree<EC_GROUP_free>>;
using PointPointer = std::unique_ptr<EC_POINT, OpenSslFree<EC_POINT_free>>;
using NumberPointer = std::unique_ptr<BIGNUM, OpenSslFree<BN_clear_free>>;
using ParametersPointer = std::unique_ptr<OSSL_PARAM, OpenSslFree<OSSL_PARAM_free>>;
using BuilderPointer = std::unique_ptr<OSSL_PARAM_BLD, OpenSslFree<OSSL_PARAM_BLD_free>>;

std::string public_bytes(const EC_GROUP* group, const BIGNUM* scalar) {
  const PointPointer point(EC_POINT_new(group));
  require(point && EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, nullptr) == 1, "EC");
  std::string bytes(65, '\0');
  require(EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, octets(bytes),
                             bytes.size(), nullptr) == bytes.size(),
          "EC");
  return bytes;
}

KeyPointer key_of(const BIGNUM* scalar, const std::string& point) {
  const BuilderPointer builder(OSSL_PARAM_BLD_new());
  require(builder &&
              OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256",
                                              0) == 1 &&
              OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) == 1 &&
              OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                               point.size()) == 1,
          "EC");
  const ParametersPointer parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContextPointer context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  require(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
              EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1,
          "EC");
  return KeyPointer(key);
}

/// The key of a line "`name` 64 hexadecimal digits"; takes the line off `text`.
std::string take_key(std::string_view& text, std::string_view name, const std::string& path) {
  const std::size_t size = name.size() + kKeyDigits + 1;
  std::optional<std::string> key;
  if (text.substr(0, name.size()) == name && text.size() >= size && text[size - 1] == '\n') {
    key = sync::from_hex(text.substr(name.size(), kKeyDigits));
  }
  if (!key) throw sync::Refused(path + ": not a site's keys");
  text.remove_prefix(size);
  return *key;
}

}  // namespace

struct EncryptionKey::Native {
  KeyPointer key;
};

EncryptionKey::EncryptionKey(std::unique_ptr<Native> native) : native_(std::move(native)) {}
EncryptionKey::EncryptionKey(EncryptionKey&&) noexcept = default;
EncryptionKey& EncryptionKey::operator=(EncryptionKey&&) noexcept = default;
EncryptionKey::~EncryptionKey() = default;

EncryptionKey EncryptionKey::generate() {
  KeyPointer key(EVP_EC_gen("P-256"));
  require(key != nullptr, "no P-256 key");
  return EncryptionKey(std::make_unique<Native>(Native{std::move(key)}));
}

EncryptionKey EncryptionKey::from_scalar(std::string_view scalar) {
  const GroupPointer group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const NumberPointer number(
      BN_bin2bn(octets(scalar), static_cast<int>(scalar.size()), BN_secure_new()));
  require(group && number, "EC");
  if (scalar.size() != 32 || BN_is_zero(number.get()) ||
      BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0) {
    throw sync::Refused("not a P-256 private key");
  }
  auto key = key_of(number.get(), public_bytes(group.get(), number.get()));
  return EncryptionKey(std::make_unique<Native>(Native{std::move(key)}));
}

sync::CompressedPoint EncryptionKey::public_point() const {
  std::string bytes(65, '\0');
  std::size_t size = 0;
  require(EVP_PKEY_get_octet_string_param(native_->key.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                          octets(bytes), bytes.size(), &size) == 1 &&
              size == bytes.size(),
          "EC");
  const char sign = (bytes[64] & 1) != 0 ? '\3' : '\2';
  return sync::CompressedPoint::from(sign + bytes.substr(1, 32));
}

std::string EncryptionKey::scalar() const {
  BIGNUM* number = nullptr;
  require(EVP_PKEY_get_bn_param(native_->key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1, "EC");
  const NumberPointer owner(number);
  std::string bytes(32, '\0');
  require(BN_bn2binpad(number, octets(bytes), 32) == 32, "EC");
  return bytes;
}

std::string EncryptionKey::pem() const {
  return written([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, native_->key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
  });
}

evp_pkey_st* EncryptionKey::native() const { return native_->key.get(); }

SiteSecret SiteSecret::make() { return {sync::SigningKey::generate(), EncryptionKey::generate()}; }

SiteSecret SiteSecret::load(const std::string& path) {
  const std::string file = read_file(path, limits::kKeyFileBytes);
  std::string_view text = file;
  if (!text.starts_with(kTitle)) throw sync::Refused(path + ": not a site's keys");
  text.remove_prefix(kTitle.size());
  const auto seed = take_key(text, kSigning, path);
  const auto scalar = take_key(text, kEncryption, path);
  return {sync::SigningKey::from_seed(seed), EncryptionKey::from_scalar(scalar)};
}

void SiteSecret::save(const std::string& path) const {
  std::string text(kTitle);
  text.append(kSigning).append(sync::to_hex(signing_.seed())).append("\n");
  text.append(kEncryption).append(sync::to_hex(encryption_.scalar())).append("\n");
  write_private_file(path, text);
}

sync::SiteKeys SiteSecret::keys() const {
  return {signing_.public_key(), encryption_.public_point()};
}

}  // namespace zimnik::net
