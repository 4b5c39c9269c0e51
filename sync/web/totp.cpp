#include "sync/web/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/web/one_time_code.h"

namespace zimnik::web {
namespace {

constexpr std::size_t kSecretBytes = 20, kDigits = 6;
constexpr std::int64_t kStepMs = 30'000;
constexpr std::uint32_t kModulus = 1'000'000;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

std::string digits_in(std::string_view typed) {
  std::string digits;
  std::copy_if(typed.begin(), typed.end(), std::back_inserter(digits),
               [](char letter) { return letter != ' '; });
  return digits;
}

}  // namespace

std::string new_totp_secret() {
  std::string secret(kSecretBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(secret.data()), kSecretBytes) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return secret;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  unsigned char counter[8];
  for (int i = 7; i >= 0; --i, step >>= 8) counter[i] = static_cast<unsigned char>(step & 0xff);
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter, sizeof counter,
           hash, &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA-1");
  }
  const unsigned char* at = hash + (hash[size - 1] & 0x0f);  // RFC 4226, 5.3
  const std::uint32_t number = (std::uint32_t{at[0]} & 0x7f) << 24 | std::uint32_t{at[1]} << 16 |
                               std::uint32_t{at[2]} << 8 | std::uint32_t{at[3]};
  auto code = std::to_string(number % kModulus);
  return std::string(kDigits - code.size(), '0') + code;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed,
                                      sync::Time now, std::int64_t last) {
  const auto digits = digits_in(typed);
  if (digits.size() != kDigits) return std::nullopt;
  const auto present = now.ms / kStepMs;
  for (auto step = present - 1; step <= present + 1; ++step) {
    const auto code = totp_code(secret, step);
    if (step > last && CRYPTO_memcmp(code.data(), digits.data(), kDigits) == 0) return step;
  }
  return std::nullopt;
}

std::string totp_address(std::string_view secret, std::string_view issuer,
                         std::string_view account) {
  const auto name = std::string(issuer);
  return "otpauth://totp/" + name + ":" + std::string(account) +
         "?secret=" + upper(sync::to_base32(secret)) + "&issuer=" + name;
}

std::string totp_secret_text(std::string_view secret) {
  return code_in_groups(upper(sync::to_base32(secret)));
}

}  // namespace zimnik::web
