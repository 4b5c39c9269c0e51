#include "sync/core/crypto.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace zimnik::sync {
namespace {

/// OpenSSL fails here only where memory or the library itself does.
void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* data(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

struct PkeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Pkey = std::unique_ptr<EVP_PKEY, PkeyFree>;

struct DigestContext {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~DigestContext() { EVP_MD_CTX_free(context); }
};

struct CipherContext {
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  ~CipherContext() { EVP_CIPHER_CTX_free(context); }
};

/// Fetched once: the implicit fetch of each use costs more than the hash of a leaf.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  require(method != nullptr, "no SHA-256");
  return method;
}

const EVP_CIPHER* siv_method() {
  static const EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "AES-256-SIV", nullptr);
  require(method != nullptr, "no AES-256-SIV");
  return method;
}

constexpr int kSivTag = 16;

}  // namespace

Hash sha256(std::initializer_list<std::string_view> parts) {
  thread_local const DigestContext digest;
  Hash hash;
  require(EVP_DigestInit_ex(digest.context, sha256_method(), nullptr) == 1, "digest");
  for (auto part : parts) EVP_DigestUpdate(digest.context, part.data(), part.size());
  require(EVP_DigestFinal_ex(digest.context, hash.bytes.data(), nullptr) == 1, "digest");
  return hash;
}

struct SigningKey::Native {
  Pkey key;
};

SigningKey::SigningKey(std::unique_ptr<Native> native) : native_(std::move(native)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

SigningKey SigningKey::generate() {
  std::string seed(32, '\0');
  require(RAND_priv_bytes(data(seed), static_cast<int>(seed.size())) == 1, "no random bytes");
  return from_seed(seed);
}

SigningKey SigningKey::from_seed(std::string_view seed) {
  Pkey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, data(seed), seed.size()));
  require(key != nullptr, "no Ed25519 key");
  return SigningKey(std::make_unique<Native>(Native{std::move(key)}));
}

PublicKey SigningKey::public_key() const {
  PublicKey result;
  std::size_t size = PublicKey::kSize;
  require(EVP_PKEY_get_raw_public_key(native_->key.get(), result.bytes.data(), &size) == 1, "key");
  return result;
}

std::string SigningKey::seed() const {
  std::string result(32, '\0');
  std::size_t size = result.size();
  require(EVP_PKEY_get_raw_private_key(native_->key.get(), data(result), &size) == 1, "key");
  return result;
}

Signature SigningKey::sign(std::string_view bytes) const {
  DigestContext digest;
  Signature result;
  std::size_t size = Signature::kSize;
  require(EVP_DigestSignInit(digest.context, nullptr, nullptr, nullptr, native_->key.get()) == 1 &&
              EVP_DigestSign(digest.context, result.bytes.data(), &size, data(bytes),
                             bytes.size()) == 1,
          "sign");
  return result;
}

bool verify(const PublicKey& key, std::string_view bytes, const Signature& signature) {
  const Pkey native(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.bytes.data(), PublicKey::kSize));
  if (native == nullptr) return false;
  DigestContext digest;
  return EVP_DigestVerifyInit(digest.context, nullptr, nullptr, nullptr, native.get()) == 1 &&
         EVP_DigestVerify(digest.context, signature.bytes.data(), Signature::kSize, data(bytes),
                          bytes.size()) == 1;
}

SivKey random_siv_key() {
  SivKey key;
  require(RAND_priv_bytes(key.bytes.data(), SivKey::kSize) == 1, "no random bytes");
  return key;
}

KeyId id_of(const SivKey& key) {
  return KeyId::from(sha256({"zimnik key", key.view()}).view().substr(0, KeyId::kSize));
}

std::string siv_seal(const SivKey& key, std::string_view associated, std::string_view plain) {
  CipherContext cipher;
  std::string sealed(kSivTag + plain.size(), '\0');
  int size = 0;
  bool ok =
      EVP_EncryptInit_ex2(cipher.context, siv_method(), key.bytes.data(), nullptr, nullptr) == 1 &&
      EVP_EncryptUpdate(cipher.context, nullptr, &size, data(associated),
                        static_cast<int>(associated.size())) == 1;
  // A zero-length plain text still needs its call: the tag is made there.
  ok = ok && EVP_EncryptUpdate(cipher.context, data(sealed) + kSivTag, &size, data(plain),
                               static_cast<int>(plain.size())) == 1;
  ok = ok && EVP_EncryptFinal_ex(cipher.context, nullptr, &size) == 1;
  ok =
      ok && EVP_CIPHER_CTX_ctrl(cipher.context, EVP_CTRL_AEAD_GET_TAG, kSivTag, sealed.data()) == 1;
  require(ok, "SIV");
  return sealed;
}

std::optional<std::string> siv_open(const SivKey& key, std::string_view associated,
                                    std::string_view sealed) {
  // OpenSSL takes any tag for right where nothing is sealed.
  if (sealed.size() <= kSivTag) return std::nullopt;
  CipherContext cipher;
  std::string tag(sealed.substr(0, kSivTag));
  const auto body = sealed.substr(kSivTag);
  std::string plain(body.size(), '\0');
  int size = 0;
  require(
      EVP_DecryptInit_ex2(cipher.context, siv_method(), key.bytes.data(), nullptr, nullptr) == 1 &&
          EVP_CIPHER_CTX_ctrl(cipher.context, EVP_CTRL_AEAD_SET_TAG, kSivTag, tag.data()) == 1 &&
          EVP_DecryptUpdate(cipher.context, nullptr, &size, data(associated),
                            static_cast<int>(associated.size())) == 1,
      "SIV");
  if (EVP_DecryptUpdate(cipher.context, data(plain), &size, data(body),
                        static_cast<int>(body.size())) != 1) {
    return std::nullopt;
  }
  return plain;
}

}  // namespace zimnik::sync
