#include "hub/federal/id_token.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

namespace zimnik::hub {
namespace {

using nlohmann::json;

constexpr std::int64_t kSkewSeconds = 60;
constexpr std::size_t kMostTokenBytes = 16 * 1024, kMostSubjectBytes = 255, kMostKeys = 32;

struct Release {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Signed = std::unique_ptr<cjose_jws_t, Release>;
using Key = std::unique_ptr<cjose_jwk_t, Release>;

std::string header_text(const Signed& token, const char* name) {
  cjose_err error{};
  const char* value = cjose_header_get(cjose_jws_get_protected(token.get()), name, &error);
  return value == nullptr ? "" : value;
}

/// The type of key that an algorithm is for: none of a shared secret, and not "none".
std::string key_type_of(const std::string& algorithm) {
  if (algorithm == "RS256") return "RSA";
  if (algorithm == "ES256") return "EC";
  throw FederalRefused("the token's algorithm isn't taken: " + algorithm.substr(0, 20));
}

std::string text_in(const json& claims, const char* name) {
  const auto found = claims.find(name);
  return found != claims.end() && found->is_string() ? found->get<std::string>() : "";
}

bool fits(const json& key, const std::string& type, const std::string& id) {
  if (!key.is_object() || text_in(key, "kty") != type) return false;
  const auto use = text_in(key, "use");
  return (use.empty() || use == "sig") && (id.empty() || text_in(key, "kid") == id);
}

std::vector<Key> keys_for(std::string_view keys, const std::string& type, const std::string& id) {
  const auto set = json::parse(keys, nullptr, false);
  const auto list = set.is_object() ? set.find("keys") : set.end();
  if (!set.is_object() || list == set.end() || !list->is_array() || list->size() > kMostKeys) {
    throw FederalRefused("the provider's keys can't be read");
  }
  std::vector<Key> found;
  for (const auto& key : *list) {
    if (!fits(key, type, id)) continue;
    cjose_err error{};
    const auto text = key.dump();
    if (auto* imported = cjose_jwk_import(text.data(), text.size(), &error)) {
      found.emplace_back(imported);
    }
  }
  return found;
}

json claims_in(const Signed& token) {
  cjose_err error{};
  std::uint8_t* bytes = nullptr;
  std::size_t size = 0;
  if (!cjose_jws_get_plaintext(token.get(), &bytes, &size, &error)) {
    throw FederalRefused("the token is empty");
  }
  auto claims = json::parse(bytes, bytes + size, nullptr, false);
  if (!claims.is_object()) throw FederalRefused("the token's claims aren't an object");
  return claims;
}

json verified_claims(std::string_view text, std::string_view keys) {
  if (text.size() > kMostTokenBytes) throw FederalRefused("the token is too long");
  cjose_err error{};
  const Signed token(cjose_jws_import(text.data(), text.size(), &error));
  if (!token) throw FederalRefused("the token can't be read");
  const auto type = key_type_of(header_text(token, CJOSE_HDR_ALG));
  for (const auto& key : keys_for(keys, type, header_text(token, CJOSE_HDR_KID))) {
    if (cjose_jws_verify(token.get(), key.get(), &error)) return claims_in(token);
  }
  throw FederalRefused("the token's signature doesn't hold");
}

std::int64_t seconds_in(const json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) {
    throw FederalRefused(std::string("the token has no ") + name);
  }
  const auto seconds = found->get<double>();
  constexpr double kFarFuture = 1e11;
  if (!(seconds >= 0 && seconds < kFarFuture)) {
    throw FederalRefused(std::string("the token's time is none: ") + name);
  }
  return static_cast<std::int64_t>(seconds);
}

bool is_for(const json& claims, const std::string& client) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  const auto party = text_in(claims, "azp");
  if (!party.empty() && party != client) return false;
  if (!audience->is_array()) return text_in(claims, "aud") == client;
  // With several audiences it has to say for whom it was made.
  if (audience->size() > 1 && party.empty()) return false;
  return std::any_of(audience->begin(), audience->end(), [&](const json& one) {
    return one.is_string() && one.get<std::string>() == client;
  });
}

}  // namespace

std::string subject_of(std::string_view token, std::string_view keys,
                       const ExpectedToken& expected) {
  const auto claims = verified_claims(token, keys);
  if (text_in(claims, "iss") != expected.issuer)
    throw FederalRefused("the token's issuer is another");
  if (!is_for(claims, expected.client)) throw FederalRefused("the token is for somebody else");
  if (text_in(claims, "nonce") != expected.nonce) {
    throw FederalRefused("the token is of another attempt");
  }
  const auto now = expected.now.ms / 1000;
  if (seconds_in(claims, "exp") + kSkewSeconds <= now) throw FederalRefused("the token is over");
  if (seconds_in(claims, "iat") - kSkewSeconds > now) {
    throw FederalRefused("the token is from the future");
  }
  auto subject = text_in(claims, "sub");
  if (subject.empty() || subject.size() > kMostSubjectBytes) {
    throw FederalRefused("the token doesn't say whose it is");
  }
  return subject;
}

}  // namespace zimnik::hub
