// What a family writes goes into its school's log, by the hub's own site there, and from there to
// the school's nodes. Any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hub/family.h"
#include "hub/web/family_site.h"
#include "sync/store/command.h"

namespace zimnik::hub {

/// For {{>entry}}: what a page that is read from now on has seen of the school. Nothing where the
/// school is too busy to say.
std::optional<web::Values> entry_values(School& school);

/// Writes what a form asks for as this member, and leads to the page `then`; or says why not.
using Writing = std::function<void(sync::Command&, const net::Fields&)>;
net::Response submit(FamilySite& site, const net::Request& request, const FamilyMember& member,
                     const std::string& then, const Writing& write);

/// Writes as this member. Throws std::runtime_error where the school is busy, its files can't be
/// had, or an act has voided what the member writes.
void write_as(FamilySite& site, const FamilyMember& member,
              const std::function<void(sync::Command&)>& command);
/// Notes that the member has seen these messages. Where the school is busy, next time.
void note_read(FamilySite& site, const FamilyMember& member,
               const std::vector<std::int64_t>& messages);

}  // namespace zimnik::hub
