// What operators do. Each command is one function, called by who serves or by the program itself;
// it writes what a person reads to `out`, and throws std::runtime_error where it can't be done.
// Commands may run at the same time.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>

#include "hub/deeds.h"
#include "hub/hub.h"
#include "hub/token_deeds.h"
#include "schema/audit/prove.h"

namespace zimnik::hub {

/// Thrown by a command that has written what people should read, and that not all is well.
class DoesNotHold : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Makes a hub, and prints its authority's fingerprint.
void make_hub(const DataFolder& folder, const std::string& region, std::ostream& out);

/// Prints the new school's id.
void add_school(Hub& hub, const std::string& name, std::ostream& out);
/// One that was added after the backup that this hub was restored from; `id` as its sites have it.
void add_lost_school(Hub& hub, const std::string& name, const std::string& id, std::ostream& out);
/// Opens schools that were closed by a restore, whoever of their sites wasn't heard yet.
void accept_schools(Hub& hub, const std::vector<std::string>& names, std::ostream& out);
void list_schools(Hub& hub, std::ostream& out);

/// Prints the token: it is kept nowhere. Warns of sites at work that have the name already.
void make_token(Hub& hub, const TokenWish& wish, std::ostream& out, std::ostream& warnings);

/// A line for each that nobody has used: number, site, kind, who made it, end, whether it works.
void list_tokens(Hub& hub, const std::string& school, std::ostream& out);

/// A line for each school: name, last exchange, leaves, what is listed, sites and forks, what would
/// be lost with this machine, and whether all sites hold the same in the same version; and one more
/// of a school that was restored from a backup, for each site that goes on as another, and for each
/// log that forked. Then copies that hold persons who were forgotten (kept_copies.h). Throws
/// DoesNotHold where a school can't be read.
void print_status(Hub& hub, std::ostream& out);

/// The history of a row, or a proof of it.
void prove(Hub& hub, const std::string& school, const journal::ProveWish& wish, std::ostream& out);
/// Checks one school's replica, or each one's where none is named: every leaf, signature, receipt
/// and table cell. Throws DoesNotHold.
void verify(Hub& hub, const std::string& school, std::ostream& out);
/// The region's certificate: who has it can check proofs and copies.
void print_authority(Hub& hub, std::ostream& out);

/// Makes the act; the site's connections are refused from then on. With `undo` the act that it
/// names isn't in force any more, and a site that it revoked connects again. No act is made where
/// the file of revocations doesn't hold. Throws DoesNotHold where the act, which is printed, didn't
/// get into that file.
void revoke(Hub& hub, const Revocation& revocation, std::ostream& out);

/// Prints the code with which the new operator chooses a password.
void add_operator(Hub& hub, const OperatorWish& wish, std::ostream& out);
/// Likewise, for who is an operator already.
void renew_operator(Hub& hub, const std::string& login, std::ostream& out);
void lock_operator(Hub& hub, const std::string& login, bool is_locked, std::ostream& out);
/// Login, role, whether a password was chosen, schools.
void list_operators(Hub& hub, std::ostream& out);

/// The newest entries of the audit trail, so many; of one school where it is named.
void print_audit(Hub& hub, const std::string& school, int most, std::ostream& out);
/// Checks the whole trail, and prints its last hash. Throws DoesNotHold.
void verify_audit(Hub& hub, std::ostream& out);

/// All acts of a school, or, of the one that is named, what people should look at after it.
void print_acts(Hub& hub, const std::string& school, const std::string& act, std::ostream& out);

}  // namespace zimnik::hub
