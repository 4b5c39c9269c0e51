#include "hub/delivery/links.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <charconv>
#include <stdexcept>

#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kSealDigits = 64;
constexpr std::size_t kLinkBytes = 200;

std::string text_of(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (const auto number : numbers) text += (text.empty() ? "" : "-") + std::to_string(number);
  return text;
}

}  // namespace

std::string hmac_sha256(std::string_view secret, std::string_view text) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes,
           &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA256");
  }
  return sync::to_hex({reinterpret_cast<const char*>(bytes), size});
}

std::string make_link(std::string_view secret, std::string_view purpose,
                      const std::vector<std::int64_t>& numbers, std::string_view address) {
  const auto text = text_of(numbers);
  return text + "-" +
         hmac_sha256(secret, std::string(purpose) + "|" + text + "|" + std::string(address));
}

std::optional<std::vector<std::int64_t>> numbers_of_link(std::string_view link, std::size_t count) {
  if (link.size() > kLinkBytes || link.size() <= kSealDigits) return std::nullopt;
  std::vector<std::int64_t> numbers;
  const char* at = link.data();
  const char* const end = link.data() + link.size() - kSealDigits;
  while (at < end) {
    std::int64_t number = 0;
    const auto read = std::from_chars(at, end, number);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != '-') return std::nullopt;
    numbers.push_back(number);
    at = read.ptr + 1;
  }
  return numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

bool holds(std::string_view link, std::string_view secret, std::string_view purpose,
           const std::vector<std::int64_t>& numbers, std::string_view address) {
  const auto made = make_link(secret, purpose, numbers, address);
  return made.size() == link.size() && CRYPTO_memcmp(made.data(), link.data(), made.size()) == 0;
}

std::string phone_code(std::string_view secret, std::int64_t account, std::int64_t asked_ms,
                       std::string_view phone) {
  constexpr std::size_t kHexDigits = 15, kDigits = 6;
  const auto seal =
      hmac_sha256(secret, "phone|" + text_of({account, asked_ms}) + "|" + std::string(phone));
  auto text = std::to_string(std::stoull(seal.substr(0, kHexDigits), nullptr, 16) % 1'000'000);
  return std::string(kDigits - text.size(), '0') + text;
}

}  // namespace zimnik::hub
