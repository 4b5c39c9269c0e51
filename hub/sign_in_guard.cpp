#include "hub/sign_in_guard.h"

#include "sync/web/visit.h"

namespace zimnik::hub {

SignInAttempt SignInAttempt::of(const net::Request& request, std::string login) {
  return {web::client_address(request), std::move(login)};
}

bool SignInGuard::counts_as_known(const SignInAttempt& attempt, sync::Time now) {
  return attempt.is_known && !known_.is_barred(attempt.login, now);
}

bool SignInGuard::is_barred(const SignInAttempt& attempt, sync::Time now) {
  if (counts_as_known(attempt, now)) return false;
  return networks_.is_barred(net::network_of(attempt.address), now) ||
         site_networks_.is_barred(net::site_network_of(attempt.address), now) ||
         (!attempt.login.empty() && logins_.is_barred(attempt.login, now));
}

void SignInGuard::note_failure(const SignInAttempt& attempt, sync::Time now) {
  if (counts_as_known(attempt, now)) return known_.note_failure(attempt.login, now);
  networks_.note_failure(net::network_of(attempt.address), now);
  site_networks_.note_failure(net::site_network_of(attempt.address), now);
  if (!attempt.login.empty()) logins_.note_failure(attempt.login, now);
}

void SignInGuard::note_success(const SignInAttempt& attempt) {
  (attempt.is_known ? known_ : logins_).forget(attempt.login);
}

std::optional<web::PasswordTurns::Turn> SignInGuard::take_turn(const SignInAttempt& attempt,
                                                               sync::Time now) {
  return counts_as_known(attempt, now) ? known_turns_.take(attempt.login)
                                       : turns_.take(net::site_network_of(attempt.address));
}

}  // namespace zimnik::hub
