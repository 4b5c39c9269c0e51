// What operators do. Each command is one function, called by who serves or by the program itself;
// it writes what a person reads to `out`, and throws std::runtime_error where it can't be done.
// Commands may run at the same time.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "hub/hub.h"

namespace zimnik::hub {

/// Makes a hub, and prints its authority's fingerprint.
void make_hub(const DataFolder& folder, const std::string& region, std::ostream& out);

/// Prints the new school's id.
void add_school(Hub& hub, const std::string& name, std::ostream& out);
void list_schools(Hub& hub, std::ostream& out);

struct TokenWish {
  std::string school;  ///< its id, or the beginning of it, or its name
  std::string site_name;
  sync::SiteKind kind = sync::SiteKind::node;
  int hours = 72;
};
/// Prints the token: it is kept nowhere.
void make_token(Hub& hub, const TokenWish& wish, std::ostream& out);

/// A line for each school: name, last exchange, leaves, what is listed, sites and forks; below it a
/// line for each site that goes on as another, and for each log that forked.
void print_status(Hub& hub, std::ostream& out);

struct Revocation {
  std::string school, site;           ///< ids, or their beginnings; the school's name
  std::optional<std::uint64_t> from;  ///< in the site's shared log; nothing: after what is here
  std::optional<std::uint64_t> school_from;  ///< in its sealed log; likewise
  std::string reason;
};
/// Makes the act; the site's connections are refused from then on.
void revoke_site(Hub& hub, const Revocation& revocation, std::ostream& out);

}  // namespace zimnik::hub
