#include "hub/federal/attempt.h"

#include <nlohmann/json.hpp>

#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

constexpr std::string_view kPurpose = "federal attempt";
constexpr std::size_t kMostBytes = 4096;

}  // namespace

std::string FederalAttempts::seal(const FederalAttempt& attempt, sync::Time now) const {
  const nlohmann::json json{{"state", attempt.secrets.state},
                            {"nonce", attempt.secrets.nonce},
                            {"verifier", attempt.secrets.verifier},
                            {"account", attempt.account},
                            {"since", now.ms}};
  return sync::to_hex(sync::siv_seal(key_, kPurpose, json.dump()));
}

std::optional<FederalAttempt> FederalAttempts::open(std::string_view sealed, sync::Time now) const {
  if (sealed.size() > kMostBytes) return std::nullopt;
  const auto bytes = sync::from_hex(sealed);
  const auto text = bytes ? sync::siv_open(key_, kPurpose, *bytes) : std::nullopt;
  if (!text) return std::nullopt;
  const auto json = nlohmann::json::parse(*text);
  if (now.ms - json.at("since").get<std::int64_t>() > kMs) return std::nullopt;
  return FederalAttempt{{json.at("state"), json.at("nonce"), json.at("verifier")},
                        json.at("account")};
}

}  // namespace zimnik::hub
