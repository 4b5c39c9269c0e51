#include "sync/net/hpke.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>

#include "sync/core/bytes.h"
#include "sync/net/openssl.h"

namespace zimnik::net {
namespace {

using KdfContextPointer = std::unique_ptr<EVP_KDF_CTX, OpenSslFree<EVP_KDF_CTX_free>>;
using CipherContextPointer = std::unique_ptr<EVP_CIPHER_CTX, OpenSslFree<EVP_CIPHER_CTX_free>>;

constexpr std::size_t kPointBytes = 65;
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;
constexpr std::string_view kKemSuite("KEM\x00\x10", 5);
/// Of HMAC-SHA-256 the same as an empty one, which OpenSSL's HKDF doesn't take.
const std::string kNoSalt(32, '\0');

std::string two_bytes(std::size_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number)};
}

std::string suite_of(HpkeCipher cipher) {
  return std::string("HPKE\x00\x10\x00\x01", 8) + two_bytes(static_cast<std::size_t>(cipher));
}

std::string hkdf(int mode, std::string_view key, const char* name, std::string_view value,
                 std::size_t size) {
  static EVP_KDF* const method = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  require(method != nullptr, "no HKDF");
  const KdfContextPointer context(EVP_KDF_CTX_new(method));
  char digest[] = "SHA256";
  const auto bytes = [](std::string_view view) { return const_cast<char*>(view.data()); };
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, bytes(key), key.size()),
      OSSL_PARAM_construct_octet_string(name, bytes(value), value.size()), OSSL_PARAM_END};
  std::string result(size, '\0');
  require(context && EVP_KDF_derive(context.get(), octets(result), size, parameters) == 1, "HKDF");
  return result;
}

std::string extract(std::string_view suite, std::string_view salt, std::string_view label,
                    std::string_view secret) {
  std::string labeled = "HPKE-v1";
  labeled.append(suite).append(label).append(secret);
  return hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, labeled, OSSL_KDF_PARAM_SALT,
              salt.empty() ? kNoSalt : salt, 32);
}

std::string expand(std::string_view suite, std::string_view key, std::string_view label,
                   std::string_view info, std::size_t size) {
  std::string labeled = two_bytes(size) + "HPKE-v1";
  labeled.append(suite).append(label).append(info);
  return hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, key, OSSL_KDF_PARAM_INFO, labeled, size);
}

/// A public key of a point, compressed or not; null where it isn't on the curve.
KeyPointer public_key(std::string_view point) {
  char group[] = "P-256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()),
                                        point.size()),
      OSSL_PARAM_END};
  const KeyContextPointer context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  require(context && EVP_PKEY_fromdata_init(context.get()) == 1, "EC");
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                        const_cast<OSSL_PARAM*>(parameters)) != 1) {
    return nullptr;
  }
  return KeyPointer(key);
}

std::string uncompressed(EVP_PKEY* key) {
  require(EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                         "uncompressed") == 1,
          "EC");
  unsigned char* encoded = nullptr;
  const auto size = EVP_PKEY_get1_encoded_public_key(key, &encoded);
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owner(
      encoded, [](unsigned char* bytes) { OPENSSL_free(bytes); });
  require(size == kPointBytes, "EC");
  return {reinterpret_cast<const char*>(encoded), size};
}

std::string agree(EVP_PKEY* own, EVP_PKEY* other) {
  const KeyContextPointer context(EVP_PKEY_CTX_new(own, nullptr));
  std::string secret(32, '\0');
  std::size_t size = secret.size();
  require(context && EVP_PKEY_derive_init(context.get()) == 1 &&
              EVP_PKEY_derive_set_peer(context.get(), other) == 1 &&
              EVP_PKEY_derive(context.get(), octets(secret), &size) == 1 && size == secret.size(),
          "key agreement");
  return secret;
}

std::string shared_secret(std::string_view agreed, std::string_view ephemeral,
                          std::string_view recipient) {
  const auto key = extract(kKemSuite, {}, "eae_prk", agreed);
  return expand(kKemSuite, key, "shared_secret", std::string(ephemeral).append(recipient),
                kSecretBytes);
}

struct Schedule {
  std::string key;
  std::string nonce;
  const EVP_CIPHER* method;
};

Schedule schedule(HpkeCipher cipher, std::string_view shared, std::string_view info) {
  const auto suite = suite_of(cipher);
  std::string context(1, '\0');  // base mode
  context += extract(suite, {}, "psk_id_hash", {});
  context += extract(suite, {}, "info_hash", info);
  const auto secret = extract(suite, shared, "secret", {});
  const bool is_long = cipher == HpkeCipher::aes_256_gcm;
  return {expand(suite, secret, "key", context, is_long ? 32 : 16),
          expand(suite, secret, "base_nonce", context, kNonceBytes),
          is_long ? EVP_aes_256_gcm() : EVP_aes_128_gcm()};
}

std::string encrypt(const Schedule& with, std::string_view associated, std::string_view plain) {
  const CipherContextPointer context(EVP_CIPHER_CTX_new());
  std::string sealed(plain.size() + kTagBytes, '\0');
  int size = 0;
  require(context &&
              EVP_EncryptInit_ex(context.get(), with.method, nullptr, octets(with.key),
                                 octets(with.nonce)) == 1 &&
              EVP_EncryptUpdate(context.get(), nullptr, &size, octets(associated),
                                static_cast<int>(associated.size())) == 1 &&
              EVP_EncryptUpdate(context.get(), octets(sealed), &size, octets(plain),
                                static_cast<int>(plain.size())) == 1 &&
              EVP_EncryptFinal_ex(context.get(), octets(sealed) + size, &size) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagBytes,
                                  sealed.data() + plain.size()) == 1,
          "GCM");
  return sealed;
}

std::optional<std::string> decrypt(const Schedule& with, std::string_view associated,
                                   std::string_view sealed) {
  const CipherContextPointer context(EVP_CIPHER_CTX_new());
  const auto body = sealed.substr(0, sealed.size() - kTagBytes);
  std::string tag(sealed.substr(body.size()));
  std::string plain(body.size(), '\0');
  int size = 0;
  require(context &&
              EVP_DecryptInit_ex(context.get(), with.method, nullptr, octets(with.key),
                                 octets(with.nonce)) == 1 &&
              EVP_DecryptUpdate(context.get(), nullptr, &size, octets(associated),
                                static_cast<int>(associated.size())) == 1 &&
              EVP_DecryptUpdate(context.get(), octets(plain), &size, octets(body),
                                static_cast<int>(body.size())) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1,
          "GCM");
  if (EVP_DecryptFinal_ex(context.get(), octets(plain) + size, &size) != 1) return std::nullopt;
  return plain;
}

}  // namespace

std::string hpke_seal(const sync::CompressedPoint& recipient, std::string_view info,
                      std::string_view plain, HpkeCipher cipher, std::string_view associated) {
  return hpke_seal_with(EncryptionKey::generate(), recipient, info, plain, cipher, associated);
}

std::string hpke_seal_with(const EncryptionKey& ephemeral, const sync::CompressedPoint& recipient,
                           std::string_view info, std::string_view plain, HpkeCipher cipher,
                           std::string_view associated) {
  const auto key = public_key(recipient.view());
  if (!key) throw sync::Refused("a site's encryption key that is no point of P-256");
  const auto point = uncompressed(ephemeral.native());
  const auto shared =
      shared_secret(agree(ephemeral.native(), key.get()), point, uncompressed(key.get()));
  return point + encrypt(schedule(cipher, shared, info), associated, plain);
}

std::optional<std::string> hpke_open(const EncryptionKey& recipient, std::string_view info,
                                     std::string_view sealed, HpkeCipher cipher,
                                     std::string_view associated) {
  if (sealed.size() < kHpkeOverhead || sealed[0] != '\4') return std::nullopt;
  const auto point = sealed.substr(0, kPointBytes);
  const auto ephemeral = public_key(point);
  if (!ephemeral) return std::nullopt;
  const auto shared = shared_secret(agree(recipient.native(), ephemeral.get()), point,
                                    uncompressed(recipient.native()));
  return decrypt(schedule(cipher, shared, info), associated, sealed.substr(kPointBytes));
}

}  // namespace zimnik::net
