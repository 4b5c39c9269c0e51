#include "sync/web/password.h"
#include "sync/web/base64.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <condition_variable>
#include <memory>
#include <optional>
#include <stdexcept>

namespace zimnik::web {
namespace {

constexpr std::string_view kPrefix = "$scrypt$ln=15,r=8,p=3$";
constexpr std::size_t kSaltBytes = 16, kHashBytes = 32;
constexpr std::uint64_t kBlocks = std::uint64_t{1} << 15;
constexpr std::uint32_t kBlockSize = 8, kParallel = 3;
constexpr std::uint64_t kMemoryBytes = 64 << 20;  // of one; the default is too small for it

/// Who is at scrypt: two at once, and who comes in haste before the others.
class AtWork {
 public:
  explicit AtWork(Haste haste) {
    std::unique_lock lock(mutex);
    const bool is_first = haste == Haste::first;
    if (is_first) ++first_waiting;
    changed.wait(lock, [&] { return free > 0 && (is_first || first_waiting == 0); });
    if (is_first) --first_waiting;
    --free;
  }
  ~AtWork() {
    {
      const std::lock_guard lock(mutex);
      ++free;
    }
    changed.notify_all();
  }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

 private:
  static inline std::mutex mutex;
  static inline std::condition_variable changed;
  static inline int free = 2, first_waiting = 0;
};

std::string scrypt(std::string_view password, std::string_view salt, Haste haste = Haste::usual) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  std::uint64_t blocks = kBlocks, memory = kMemoryBytes;
  std::uint32_t block_size = kBlockSize, parallel = kParallel;
  const auto octets = [](const char* name, std::string_view bytes) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
  };
  const std::array parameters{octets(OSSL_KDF_PARAM_PASSWORD, password),
                              octets(OSSL_KDF_PARAM_SALT, salt),
                              OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &blocks),
                              OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &block_size),
                              OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &parallel),
                              OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
                              OSSL_PARAM_construct_end()};
  std::string hash(kHashBytes, '\0');
  const AtWork at_work(haste);
  const int done = EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                  hash.size(), parameters.data());
  if (done != 1) throw std::runtime_error("scrypt failed");
  return hash;
}

/// Of so many bytes, no more and no fewer.
std::optional<std::string> from_base64(std::string_view text, std::size_t size) {
  if (text.size() != (size + 2) / 3 * 4) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size())) < 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

struct Parts {
  std::string salt, hash;
};
/// Of a verifier's text; nothing where it isn't one.
std::optional<Parts> parts_of(std::string_view verifier) {
  if (!verifier.starts_with(kPrefix)) return std::nullopt;
  verifier.remove_prefix(kPrefix.size());
  const auto dollar = verifier.find('$');
  if (dollar == std::string_view::npos) return std::nullopt;
  auto salt = from_base64(verifier.substr(0, dollar), kSaltBytes);
  auto hash = from_base64(verifier.substr(dollar + 1), kHashBytes);
  if (!salt || !hash) return std::nullopt;
  return Parts{std::move(*salt), std::move(*hash)};
}

}  // namespace

std::string password_verifier(std::string_view password) {
  std::string salt(kSaltBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) !=
      1) {
    throw std::runtime_error("no random bytes");
  }
  return std::string(kPrefix) + base64(salt) + "$" + base64(scrypt(password, salt));
}

bool fits_password(std::string_view verifier, std::string_view password, Haste haste) {
  const auto parts = parts_of(verifier);
  if (!parts) {
    waste_time_on(password);
    return false;
  }
  const auto hash = scrypt(password, parts->salt, haste);
  return CRYPTO_memcmp(hash.data(), parts->hash.data(), kHashBytes) == 0;
}

void waste_time_on(std::string_view password) { scrypt(password, std::string(kSaltBytes, 's')); }

std::optional<PasswordTurns::Turn> PasswordTurns::take(const std::string& caller) {
  const std::lock_guard lock(mutex_);
  const auto found = taken_by_.find(caller);
  if (taken_ == all_ || (found != taken_by_.end() && found->second == of_caller_)) {
    return std::nullopt;
  }
  ++taken_by_[caller];
  ++taken_;
  return Turn(*this, caller);
}

void PasswordTurns::give_back(const std::string& caller) {
  const std::lock_guard lock(mutex_);
  --taken_;
  const auto found = taken_by_.find(caller);
  if (--found->second == 0) taken_by_.erase(found);
}

}  // namespace zimnik::web
