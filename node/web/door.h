// Who comes in: accounts of the journal, sessions of this node. Any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "node/journal.h"
#include "node/local_state.h"
#include "schema/access.h"
#include "schema/dates.h"
#include "schema/read/people.h"
#include "sync/net/http_message.h"
#include "sync/web/pages.h"
#include "sync/web/password.h"
#include "sync/web/throttle.h"

namespace zimnik::node {

/// A person who is signed in.
struct Visitor {
  std::string login;
  std::int64_t person = 0;
  journal::PersonName name;
  std::vector<journal::Grant> grants;
  journal::Roles roles{};  ///< that routes ask for; those that teach also by a grant for a part,
                           ///< those of families without one
  std::string renewed_token{};  ///< of the session; empty where the browser keeps its own

  /// The role in which the visitor does most: the one of the highest rank in the whole school.
  journal::Role role() const;
  bool is_head() const;
};

using Clock = std::function<sync::Time()>;

/// The day at a moment in the school's time zone.
journal::Date day_of(sync::Time time);

class Door {
 public:
  static constexpr int kTurns = 16;  ///< at passwords at once, of the server's 32 threads

  Door(Journal& journal, LocalState& state, const web::Pages& pages, Clock clock)
      : journal_(journal), state_(state), pages_(pages), clock_(std::move(clock)) {}

  /// Nothing where nobody is signed in, or the account was locked since.
  std::optional<Visitor> visitor(const net::Request& request);

  /// Of a session's token: a Set-Cookie value.
  static std::string session_cookie(const net::Request& request, const std::string& token);

  net::Response show(const net::Request& request);
  net::Response enter(const net::Request& request);
  net::Response leave(const net::Request& request);

  /// A new password, by a code that was issued or by the present one: door_passwords.cpp.
  net::Response show_code(const net::Request& request);
  net::Response use_code(const net::Request& request);
  net::Response change_password(const net::Request& request, const Visitor& visitor);

  web::PasswordTurns& turns() { return turns_; }

 private:
  /// A try at a password or a code.
  struct Attempt {
    std::string login;
    std::string caller;  ///< the network that it comes from
    std::string there() const { return login + "\n" + caller; }
  };
  static Attempt attempt_of(const net::Request& request, const std::string& login);
  bool is_barred(const Attempt& attempt);
  void note_failure(const Attempt& attempt);
  net::Response let_in(const net::Request& request, const Attempt& attempt);
  /// Nothing where the account is locked, or isn't there.
  std::optional<Visitor> owner_of(const std::string& login);
  /// `write` gets the new password's verifier, and throws CommandRefused. All sessions of before
  /// end.
  net::Response set_password(const net::Request& request, const Attempt& attempt,
                             const net::Fields& form,
                             const std::function<void(const std::string&)>& write);
  void write(const net::Request& request, const Visitor& visitor,
             const std::function<void(sync::Command&)>& command);

  Journal& journal_;
  LocalState& state_;
  const web::Pages& pages_;
  Clock clock_;
  // So a pupil who tries a teacher's password bars it from the pupil's own machine, and the teacher
  // goes on; who tries from many machines is slowed all the same.
  web::Throttle logins_there_{10};  ///< of one login from one address
  web::Throttle logins_{100};
  web::Throttle callers_{50};  ///< a school may have one address for many
  web::PasswordTurns turns_{kTurns, kTurns};
};

}  // namespace zimnik::node
