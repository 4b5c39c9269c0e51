#include "hub/federal/attempt.h"

#include <nlohmann/json.hpp>

#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

constexpr std::string_view kAttempt = "federal attempt", kFound = "federal identity";
constexpr std::size_t kMostBytes = 4096;

}  // namespace

std::string FederalSeals::seal(const FederalAttempt& attempt, sync::Time now) const {
  return seal(kAttempt,
              {{"state", attempt.secrets.state},
               {"nonce", attempt.secrets.nonce},
               {"verifier", attempt.secrets.verifier},
               {"account", attempt.account}},
              now);
}

std::optional<FederalAttempt> FederalSeals::open_attempt(std::string_view sealed,
                                                         sync::Time now) const {
  const auto json = open(kAttempt, sealed, now);
  if (!json) return std::nullopt;
  return FederalAttempt{{json->at("state"), json->at("nonce"), json->at("verifier")},
                        json->at("account")};
}

std::string FederalSeals::seal(const FoundIdentity& found, sync::Time now) const {
  return seal(kFound,
              {{"issuer", found.identity.issuer},
               {"subject", found.identity.subject},
               {"account", found.account}},
              now);
}

std::optional<FoundIdentity> FederalSeals::open_found(std::string_view sealed,
                                                      sync::Time now) const {
  const auto json = open(kFound, sealed, now);
  if (!json) return std::nullopt;
  return FoundIdentity{{json->at("issuer"), json->at("subject")}, json->at("account")};
}

std::string FederalSeals::seal(std::string_view purpose, nlohmann::json json,
                               sync::Time now) const {
  json["since"] = now.ms;
  return sync::to_hex(sync::siv_seal(key_, purpose, json.dump()));
}

std::optional<nlohmann::json> FederalSeals::open(std::string_view purpose, std::string_view sealed,
                                                 sync::Time now) const {
  if (sealed.size() > kMostBytes) return std::nullopt;
  const auto bytes = sync::from_hex(sealed);
  const auto text = bytes ? sync::siv_open(key_, purpose, *bytes) : std::nullopt;
  if (!text) return std::nullopt;
  auto json = nlohmann::json::parse(*text);
  if (now.ms - json.at("since").get<std::int64_t>() > kMs) return std::nullopt;
  return json;
}

}  // namespace zimnik::hub
