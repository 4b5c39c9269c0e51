#include "sync/net/enrolment_token.h"

#include <openssl/rand.h>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/openssl.h"

namespace zimnik::net {
namespace {

constexpr std::string_view kPrefix = "zimnik1-";
constexpr std::size_t kMostText = 200;  // characters, spaces included

}  // namespace

EnrolmentToken EnrolmentToken::make(const Fingerprint& authority) {
  EnrolmentToken token;
  require(RAND_priv_bytes(token.secret.bytes.data(), TokenSecret::kSize) == 1, "no random bytes");
  token.authority = authority;
  return token;
}

EnrolmentToken EnrolmentToken::parse(std::string_view text) {
  std::string compact;
  for (char c : text.substr(0, kMostText)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') compact += c;
  }
  std::optional<std::string> bytes;
  if (compact.starts_with(kPrefix)) {
    bytes = sync::from_base32(std::string_view(compact).substr(kPrefix.size()));
  }
  if (!bytes || bytes->size() != TokenSecret::kSize + Fingerprint::kSize) {
    throw sync::Refused("not an enrolment token, or not all of it");
  }
  return {TokenSecret::from(bytes->substr(0, TokenSecret::kSize)),
          Fingerprint::from(bytes->substr(TokenSecret::kSize))};
}

std::string EnrolmentToken::text() const {
  return std::string(kPrefix) +
         sync::to_base32(std::string(secret.view()).append(authority.view()));
}

sync::Hash hash_of(const TokenSecret& secret) {
  return sync::sha256({"zimnik token", secret.view()});
}

}  // namespace zimnik::net
