// Tokens that are signed with cjose, as a provider would, and what is wrong with some of them.
#include "hub/federal/id_token.h"

#include <cjose/cjose.h>

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>

namespace zimnik::hub::test {
namespace {

using nlohmann::json;

constexpr std::int64_t kNow = 1'790'000'000;  // seconds
const ExpectedToken kExpected{"https://id.example", "diary", "nonce-1", {kNow * 1000}};

struct ProviderKey {
  std::unique_ptr<cjose_jwk_t, bool (*)(cjose_jwk_t*)> key;
  std::string algorithm;

  static ProviderKey rsa() {
    return {{cjose_jwk_create_RSA_random(2048, nullptr, 0, nullptr), cjose_jwk_release}, "RS256"};
  }
  static ProviderKey elliptic() {
    return {{cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, nullptr), cjose_jwk_release}, "ES256"};
  }
  static ProviderKey shared(const std::string& secret) {
    return {{cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(secret.data()),
                                       secret.size(), nullptr),
             cjose_jwk_release},
            "HS256"};
  }

  /// The JWK set with this key alone.
  std::string keys() const {
    char* text = cjose_jwk_to_json(key.get(), false, nullptr);
    auto set = json{{"keys", json::array({json::parse(text)})}};
    cjose_get_dealloc()(text);
    return set.dump();
  }
  std::string sign(const json& claims) const {
    const auto text = claims.dump();
    auto* header = cjose_header_new(nullptr);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm.c_str(), nullptr);
    auto* jws =
        cjose_jws_sign(key.get(), header, reinterpret_cast<const std::uint8_t*>(text.data()),
                       text.size(), nullptr);
    const char* compact = nullptr;
    REQUIRE(cjose_jws_export(jws, &compact, nullptr));
    std::string token = compact;
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }
};

json good_claims() {
  return {{"iss", "https://id.example"}, {"aud", "diary"},    {"sub", "parent-17"},
          {"nonce", "nonce-1"},          {"exp", kNow + 300}, {"iat", kNow - 5}};
}

json with(const char* name, const json& value) {
  auto claims = good_claims();
  claims[name] = value;
  return claims;
}

json without(const char* name) {
  auto claims = good_claims();
  claims.erase(name);
  return claims;
}

}  // namespace

TEST_CASE("a token that holds says whose it is, signed with RSA or an elliptic curve") {
  for (const auto& key : {ProviderKey::rsa(), ProviderKey::elliptic()}) {
    CHECK(subject_of(key.sign(good_claims()), key.keys(), kExpected) == "parent-17");
  }
}

TEST_CASE("claims of another issuer, client, attempt or time are refused") {
  const auto key = ProviderKey::elliptic();
  for (const auto& claims : {with("iss", "https://evil.example"),
                             with("iss", "https://id.example/"),
                             without("iss"),
                             with("aud", "another"),
                             with("aud", json::array({"another"})),
                             with("aud", json::array({"diary", "another"})),
                             without("aud"),
                             with("azp", "another"),
                             with("nonce", "nonce-2"),
                             without("nonce"),
                             with("exp", kNow - 61),
                             with("exp", "soon"),
                             with("exp", 1e300),
                             without("exp"),
                             with("iat", kNow + 61),
                             without("iat"),
                             with("sub", ""),
                             with("sub", std::string(256, 'x')),
                             with("sub", 17),
                             without("sub")}) {
    INFO(claims.dump());
    CHECK_THROWS_AS(subject_of(key.sign(claims), key.keys(), kExpected), FederalRefused);
  }
  auto both = with("aud", json::array({"diary", "another"}));
  both["azp"] = "diary";
  CHECK(subject_of(key.sign(both), key.keys(), kExpected) == "parent-17");
}

TEST_CASE("a signature of another key, none, or one with the public key as a secret isn't taken") {
  const auto key = ProviderKey::rsa();
  CHECK_THROWS_AS(subject_of(ProviderKey::rsa().sign(good_claims()), key.keys(), kExpected),
                  FederalRefused);
  CHECK_THROWS_AS(
      subject_of(ProviderKey::shared(key.keys()).sign(good_claims()), key.keys(), kExpected),
      FederalRefused);
  auto token = key.sign(good_claims());
  token[token.find('.') + 5] ^= 1;
  CHECK_THROWS_AS(subject_of(token, key.keys(), kExpected), FederalRefused);
  const auto dot = token.find('.');
  const std::string unsigned_header = "eyJhbGciOiJub25lIn0";  // {"alg":"none"}
  CHECK_THROWS_AS(subject_of(unsigned_header + token.substr(dot), key.keys(), kExpected),
                  FederalRefused);
  CHECK_THROWS_AS(
      subject_of(unsigned_header + "." + token.substr(dot + 1, 20) + ".", key.keys(), kExpected),
      FederalRefused);
}

TEST_CASE("bytes that are no token, and keys that are none, are refused and not believed") {
  const auto key = ProviderKey::elliptic();
  for (const std::string token : {"", ".", "..", "a.b.c", "{}", "\xff\xff", "a.b.c.d.e"}) {
    CHECK_THROWS_AS(subject_of(token, key.keys(), kExpected), FederalRefused);
  }
  CHECK_THROWS_AS(subject_of(std::string(100'000, 'a'), key.keys(), kExpected), FederalRefused);
  for (const std::string keys : {"", "[]", "{}", R"({"keys":{}})",
                                 R"({"keys":[1,null,{},{"kty":1},{"kty":"EC","use":[],"kid":{}}]})",
                                 R"({"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]})"}) {
    CHECK_THROWS_AS(subject_of(key.sign(good_claims()), keys, kExpected), FederalRefused);
  }
}

}  // namespace zimnik::hub::test
