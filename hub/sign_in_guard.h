// Who may try a password now: bounds on guessing, and on what guessers take away from others. Any
// thread.
#pragma once

#include <optional>
#include <string>

#include "sync/core/ids.h"
#include "sync/net/http_message.h"
#include "sync/web/password.h"
#include "sync/web/throttle.h"

namespace zimnik::hub {

/// A try at a password or a code.
struct SignInAttempt {
  std::string address;  ///< that it comes from
  std::string login;    ///< empty: what was typed is nobody's, or there is none
  /// From a browser in which this login's password was right before.
  bool is_known = false;

  static SignInAttempt of(const net::Request& request, std::string login = "");
};

/// A known browser is counted by its login alone and has turns of its own: whoever tries passwords
/// elsewhere, from however many networks, neither bars nor delays it.
class SignInGuard {
 public:
  bool is_barred(const SignInAttempt& attempt, sync::Time now);
  void note_failure(const SignInAttempt& attempt, sync::Time now);
  void note_success(const SignInAttempt& attempt);
  /// For as long as the password is being checked. Nothing where there are too many.
  std::optional<web::PasswordTurns::Turn> take_turn(const SignInAttempt& attempt);

 private:
  web::Throttle known_{10};
  web::Throttle logins_{10};
  web::Throttle networks_{50};        ///< many families of a settlement have one address
  web::Throttle site_networks_{500};  ///< and an IPv6 customer has 65,536 networks
  web::PasswordTurns turns_, known_turns_;
};

}  // namespace zimnik::hub
