// The token by which an OpenID provider says who signed in: OpenID Connect Core 1.0, 3.1.3.7. Its
// signature is by cjose. Pure; any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::hub {

/// What a provider said isn't believed, or it can't be asked. The text is for operators.
class FederalRefused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ExpectedToken {
  std::string issuer;  ///< exactly
  std::string client;  ///< among those whom it is for
  std::string nonce;   ///< of this very attempt
  sync::Time now;
};

/// Of whom the token is (its `sub`). `keys` is the provider's JWK set. Throws FederalRefused where
/// the token isn't signed by one of them with RS256 or ES256, isn't from this issuer, for this
/// client and attempt, or is over, or from the future, by more than a minute.
std::string subject_of(std::string_view token, std::string_view keys,
                       const ExpectedToken& expected);

}  // namespace zimnik::hub
