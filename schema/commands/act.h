// Acts that people of a school, or of the region, write: void a site's work, undo an act. Errors as
// in lesson.h; a slip is refused here, since it would be found out too late.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/store/replica.h"

namespace zimnik::journal {

/// The site of the school that this names: its id, or four digits or more of its beginning.
/// Refuses where there is none, or several.
sync::ListedSite site_named(sync::Replica& replica, const std::string& text);
/// The act that this names, likewise.
sync::ListedAct act_named(sync::Replica& replica, const std::string& text);

/// From which of a site's entries on it is revoked; nothing: those that aren't held here.
struct VoidFrom {
  std::optional<std::uint64_t> shared, school;
};
sync::VoidSite void_site(sync::Replica& replica, const sync::SiteId& site, const VoidFrom& from);
/// Refuses an act that isn't in force, or that nothing undoes.
sync::Revoke undo(const sync::ListedAct& act);

/// Writes it and gives its name. Refuses one that would have no power; then nothing is written.
sync::Hash write_act(sync::Replica& replica, const sync::Entry& entry,
                     decltype(sync::Act::what) what, const std::string& reason);

}  // namespace zimnik::journal
