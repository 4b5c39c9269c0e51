#include "hub/federal/provider.h"

#include <curl/curl.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "hub/outside_call.h"
#include "hub/random.h"
#include "hub/secret_file.h"
#include "sync/core/crypto.h"
#include "sync/net/private_file.h"
#include "sync/web/base64.h"

namespace zimnik::hub {
namespace {

using nlohmann::json;

constexpr std::int64_t kDescribedMs = 3600 * 1000;
constexpr std::int64_t kPauseMs = 30 * 1000;  // after it didn't answer
constexpr std::size_t kSecretBytes = 32, kSettingsBytes = 16 * 1024;

std::string escaped(const std::string& text) {
  const std::unique_ptr<char, decltype(&curl_free)> bytes(
      curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size())), curl_free);
  if (!bytes) throw std::bad_alloc();
  return bytes.get();
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    form += (form.empty() ? "" : "&") + name + "=" + escaped(value);
  }
  return form;
}

/// Gives a turn back in the end.
template <typename Turns>
struct HeldTurn {
  Turns& turns;
  ~HeldTurn() { turns.release(); }
};

json asked(const OutsideCall& call) {
  const auto reply = call_outside(call);
  if (reply.status == 0) throw FederalRefused(reply.error);
  if (reply.status != 200) {
    throw FederalRefused(call.url + " answers " + std::to_string(reply.status));
  }
  auto object = json::parse(reply.body, nullptr, false);
  if (!object.is_object()) throw FederalRefused(call.url + ": no JSON object");
  return object;
}

std::string text_in(const json& object, const char* name, const std::string& where) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string() || found->get<std::string>().empty()) {
    throw FederalRefused(where + ": no " + name);
  }
  return found->get<std::string>();
}

std::string address_in(const json& object, const char* name, const std::string& where) {
  auto address = text_in(object, name, where);
  if (!may_call(address)) throw FederalRefused(where + ": " + name + " isn't https");
  return address;
}

}  // namespace

std::optional<FederalSettings> FederalSettings::load(const std::string& path) try {
  if (!std::filesystem::exists(path)) return std::nullopt;
  require_private(path);
  const auto object = json::parse(net::read_file(path, kSettingsBytes), nullptr, false);
  if (!object.is_object()) throw FederalRefused("no JSON object");
  FederalSettings settings{address_in(object, "issuer", path), text_in(object, "client", path),
                           text_in(object, "secret", path), text_in(object, "name", path),
                           address_in(object, "address", path)};
  while (settings.address.ends_with('/')) settings.address.pop_back();
  return settings;
} catch (const std::runtime_error& error) {
  throw std::runtime_error(path + ": " + error.what());
}

FederalSecrets FederalSecrets::make() {
  const auto secret = [] { return web::base64_url(random_bytes(kSecretBytes)); };
  return {secret(), secret(), secret()};
}

FederalProvider::Described FederalProvider::ask_description(sync::Time now) const {
  auto base = settings_.issuer;
  if (base.ends_with('/')) base.pop_back();
  const auto url = base + "/.well-known/openid-configuration";
  const auto object = asked({url});
  if (text_in(object, "issuer", url) != settings_.issuer) {
    throw FederalRefused(url + ": the issuer is another");
  }
  return {address_in(object, "authorization_endpoint", url),
          address_in(object, "token_endpoint", url), address_in(object, "jwks_uri", url), now};
}

FederalProvider::Described FederalProvider::described(sync::Time now) {
  {
    const std::lock_guard lock(mutex_);
    if (described_ && (is_asking_ || now.ms - described_->at.ms < kDescribedMs)) return *described_;
    if (is_asking_) throw FederalRefused("it is being asked already");
    if (failed_ && now.ms - failed_->ms < kPauseMs) throw FederalRefused("it didn't answer lately");
    is_asking_ = true;
  }
  std::optional<Described> fresh;
  const auto note = [&] {
    const std::lock_guard lock(mutex_);
    is_asking_ = false;
    failed_ = fresh ? std::nullopt : std::optional(now);
    if (fresh) described_ = fresh;
  };
  try {
    fresh = ask_description(now);
  } catch (...) {
    note();
    throw;
  }
  note();
  return *fresh;
}

std::string FederalProvider::sign_in_address(const FederalSecrets& secrets, sync::Time now) {
  const auto provider = described(now);
  const auto challenge = web::base64_url(sync::sha256({secrets.verifier}).view());
  const char* separator = provider.authorization.find('?') == std::string::npos ? "?" : "&";
  return provider.authorization + separator +
         form_of({{"response_type", "code"},
                  {"client_id", settings_.client},
                  {"redirect_uri", settings_.return_address()},
                  {"scope", "openid"},
                  {"state", secrets.state},
                  {"nonce", secrets.nonce},
                  {"code_challenge", challenge},
                  {"code_challenge_method", "S256"}});
}

std::string FederalProvider::id_token_for(const Described& provider, const std::string& code,
                                          const std::string& verifier) {
  const auto credentials = escaped(settings_.client) + ":" + escaped(settings_.secret);
  OutsideCall call{provider.token};
  call.headers = {{"Authorization", "Basic " + web::base64(credentials)},
                  {"Content-Type", "application/x-www-form-urlencoded"}};
  call.body = form_of({{"grant_type", "authorization_code"},
                       {"code", code},
                       {"redirect_uri", settings_.return_address()},
                       {"code_verifier", verifier}});
  return text_in(asked(call), "id_token", provider.token);
}

std::string FederalProvider::subject_for(const std::string& code, const FederalSecrets& secrets,
                                         sync::Time now) {
  const auto provider = described(now);
  if (!turns_.try_acquire()) throw FederalRefused("too many wait for its answer");
  const HeldTurn turn{turns_};
  const auto token = id_token_for(provider, code, secrets.verifier);
  const auto keys = asked({provider.keys}).dump();
  return subject_of(token, keys, {settings_.issuer, settings_.client, secrets.nonce, now});
}

}  // namespace zimnik::hub
