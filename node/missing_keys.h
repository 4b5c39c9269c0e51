// Keys that are wanting: what lies under them can't be read here. They are on their way from other
// nodes, as to a node that was enrolled just now, or keys.db was lost or is older than the journal.
#pragma once

#include <string>

#include "sync/store/replica.h"

namespace zimnik::node {

struct MissingKeys {
  bool of_school = false;   ///< none of the school's is held: accounts can't be read
  std::size_t persons = 0;  ///< whose names can't be read, though nobody has forgotten them

  bool any() const { return of_school || persons > 0; }
  std::string text() const;  ///< for people; empty where none is wanting
};

MissingKeys missing_keys(sync::Replica& replica);

/// Whether the school's key was here once, and isn't any more: this site has sealed leaves under
/// it.
bool has_lost_school_key(const sync::Replica& replica, const sync::SiteId& self);

}  // namespace zimnik::node
