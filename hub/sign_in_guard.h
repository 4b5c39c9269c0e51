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

inline web::Haste haste_of(const SignInAttempt& attempt) {
  return attempt.is_known ? web::Haste::first : web::Haste::usual;
}

/// A known browser is counted by its login alone and has turns of its own: whoever tries passwords
/// elsewhere, from however many networks, neither bars it nor takes its turns, and holds it up for
/// the two passwords under way at most.
class SignInGuard {
 public:
  static constexpr int kTurns = 12, kTurnsOfSite = 6;

  bool is_barred(const SignInAttempt& attempt, sync::Time now);
  void note_failure(const SignInAttempt& attempt, sync::Time now);
  void note_success(const SignInAttempt& attempt);
  /// For as long as the password is being checked. Nothing where there are too many.
  std::optional<web::PasswordTurns::Turn> take_turn(const SignInAttempt& attempt, sync::Time now);

 private:
  /// Who is wrong too often in a known browser goes on as a stranger.
  bool counts_as_known(const SignInAttempt& attempt, sync::Time now);

  web::Throttle known_{10};
  web::Throttle logins_{10};
  web::Throttle networks_{50};        ///< many families of a settlement have one address
  web::Throttle site_networks_{500};  ///< and an IPv6 customer has 65,536 networks
  // Of a server's 32 threads; a settlement may have one address.
  web::PasswordTurns turns_{kTurns, kTurnsOfSite}, known_turns_{kTurns, kTurnsOfSite};
};

}  // namespace zimnik::hub
