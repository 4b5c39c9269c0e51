// What operators do to the region, by command or in the console alike: each is done once here, and
// noted in the audit trail before it is done; where it fails, that is noted too. They throw
// sync::CommandRefused where they can't be done, or another std::runtime_error where something
// fails. May run at the same time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/console/audit_trail.h"
#include "hub/console/operator_store.h"
#include "hub/hub.h"

namespace zimnik::hub {

/// The one that `text` names by its id, by the first four digits or more of it, or by its name.
School& named_school(Hub& hub, const std::string& text);

/// Throws unless it is one line, not empty, of so many bytes at most.
void require_name(const std::string& name, std::size_t most);

/// `id` where it was added after the backup that this hub was restored from, as its sites have it.
School& add_school(Hub& hub, const std::string& actor, const std::string& name,
                   const std::string& id = "");

struct Revocation {
  std::string school;                 ///< its id, or the beginning of it, or its name
  std::string site, undo;             ///< a site, or an act to undo; ids, or their beginnings
  std::optional<std::uint64_t> from;  ///< in the site's shared log; nothing: after what is here
  std::optional<std::uint64_t> school_from;  ///< in its sealed log; likewise
  std::string reason;
};
struct RevocationMade {
  std::vector<std::string> lines{};  ///< the act, and what to look at after it; for people
  bool is_school_open = false;       ///< a restored school had nobody else to wait for
  std::string unnoted{};  ///< why the act, which is in force, isn't in the file of revocations
};
/// Makes the act; the site's connections are refused from then on. With `undo` the act that it
/// names isn't in force any more, and a site that it revoked connects again. No act is made where
/// the file of revocations doesn't hold.
RevocationMade revoke(Hub& hub, const std::string& actor, const Revocation& revocation);

/// For people: a site that goes on from a revoked one isn't revoked, and the command that does it.
std::string left_line(const sync::SchoolId& school, const sync::SiteId& revoked,
                      const sync::SiteId& left);

/// Opens schools that were closed by a restore, whoever of their sites wasn't heard yet.
std::vector<School*> accept_schools(Hub& hub, const std::string& actor,
                                    const std::vector<std::string>& names);

struct OperatorWish {
  std::string login;
  OperatorRole role = OperatorRole::support;
  std::vector<std::string> schools{};  ///< of an authority, as named_school() takes them
};
/// Gives the code, as it is printed, with which the operator chooses a password.
std::string add_operator(Hub& hub, const std::string& actor, const OperatorWish& wish);
/// A new code for who forgot the password.
std::string issue_operator_code(Hub& hub, const std::string& actor, const std::string& login);
/// Tokens that who is locked made, and that nobody used yet, are cancelled.
void lock_operator(Hub& hub, const std::string& actor, const std::string& login, bool is_locked);

/// Runs `act` with the deed noted before it; what it throws is noted after it.
template <class Act>
decltype(auto) noted(Hub& hub, Deed deed, Act act) {
  AuditTrail trail(hub.database());
  trail.note(deed, hub.now());
  try {
    return act();
  } catch (const std::exception& error) {
    deed.detail = error.what();
    deed.what += ".failed";
    trail.note(deed, hub.now());
    throw;
  }
}

}  // namespace zimnik::hub
