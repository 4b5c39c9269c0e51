// Who stands behind an act at the console: a login of the school's, with its password.
#pragma once

#include <string>
#include <vector>

#include "node/school_node.h"
#include "schema/roles.h"

namespace zimnik::node {

struct Signer {
  std::string login;
  std::string password;
};

/// The entry of an act by this person, in the first of the roles that the person has. Throws
/// std::runtime_error where the account isn't open, the password is another's, or no role fits.
sync::Entry signed_entry(SchoolNode& node, const Signer& signer,
                         const std::vector<journal::Role>& roles);

}  // namespace zimnik::node
