// An OpenID provider that families and staff may sign in by (say, the state's): authorization code
// flow with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9207). Any thread.
#pragma once

#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

#include "hub/federal/id_token.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// What operators write into `federal.json` in the data folder (mode 0600):
///   {"issuer": "https://…", "client": "…", "secret": "…", "name": "Госуслуги",
///    "address": "https://diary.example"}
struct FederalSettings {
  std::string issuer;   ///< as the provider writes it
  std::string client;   ///< the hub's own id there
  std::string secret;   ///< for it
  std::string name;     ///< on the button
  std::string address;  ///< the diary's own, as browsers see it; without a slash at the end

  /// What the provider has to be told beforehand, exactly.
  std::string return_address() const { return address + "/federal/return"; }
  /// Nothing where there is no such file. Throws std::runtime_error where it doesn't hold.
  static std::optional<FederalSettings> load(const std::string& path);
};

/// What only the browser that began knows, and the provider gives back.
struct FederalSecrets {
  std::string state, nonce, verifier;
  static FederalSecrets make();
};

class FederalProvider {
 public:
  explicit FederalProvider(FederalSettings settings) : settings_(std::move(settings)) {}

  const FederalSettings& settings() const { return settings_; }
  /// Where a browser is sent. Throws FederalRefused where the provider can't be asked.
  std::string sign_in_address(const FederalSecrets& secrets, sync::Time now);
  /// Who came back with this code. Throws FederalRefused.
  std::string subject_for(const std::string& code, const FederalSecrets& secrets, sync::Time now);

 private:
  static constexpr std::ptrdiff_t kMostWaiting = 4;

  /// What the provider says of itself, asked for once an hour.
  struct Described {
    std::string authorization, token, keys;  ///< addresses
    sync::Time at;
  };
  /// As asked for, or as it was where another is asking.
  Described described(sync::Time now);
  Described ask_description(sync::Time now) const;
  std::string id_token_for(const Described& provider, const std::string& code,
                           const std::string& verifier);

  const FederalSettings settings_;
  std::mutex mutex_;
  std::optional<Described> described_;
  std::optional<sync::Time> failed_;  ///< when it last didn't answer
  bool is_asking_ = false;
  /// Of those who wait for its answer: others have to get their pages meanwhile.
  std::counting_semaphore<kMostWaiting> turns_{kMostWaiting};
};

}  // namespace zimnik::hub
