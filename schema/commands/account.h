// Who may come in, and as what. Accounts need the school's key. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/dates.h"
#include "schema/roles.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// What a grant is for: the whole school where both are nothing.
struct Scope {
  std::optional<std::int64_t> course, school_class;
  std::string text() const;  ///< as role_grant.scope has it
};

void grant_role(sync::Command& command, std::int64_t person, Role role, const Scope& scope,
                std::string_view order_number, Date since, std::optional<Date> last_day = {});
/// Refuses what wasn't granted.
void withdraw_role(sync::Command& command, std::int64_t person, Role role, const Scope& scope,
                   std::string_view order_number);

/// An open account. Logins are of [a-z0-9._-], at most 64. Refuses one that is taken.
void add_account(sync::Command& command, std::string_view login, std::int64_t person,
                 std::string_view verifier);
/// A code that was issued is over with it.
void set_verifier(sync::Command& command, std::string_view login, std::string_view verifier);
/// A code with which the account's owner chooses a password, once and until that time: its hash in
/// hexadecimal. The one before is over.
void issue_code(sync::Command& command, std::string_view login, std::string_view code_hash,
                sync::Time expires);
/// The password chosen by such a code. Refuses one that wasn't issued, was used, or is over. Two
/// nodes that don't know of each other may each take it once.
void use_code(sync::Command& command, std::string_view login, std::string_view code_hash,
              sync::Time now, std::string_view verifier);
/// Written where everybody reads it, the region too.
void lock_account(sync::Command& command, std::string_view login);
void unlock_account(sync::Command& command, std::string_view login);

/// By whom an OpenID provider knows the person: it signed in there. Needs the person's key.
void bind_federal_identity(sync::Command& command, std::int64_t person, std::string_view issuer,
                           std::string_view subject);

}  // namespace zimnik::journal
