// What operators do to a school: revocations, opening after a restore. What can't be undone
// is shown first, and asks for the beginning of the site's, the act's or the school's
// id to be typed.
#pragma once

#include "hub/console/console.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

/// What revoking a site will do, and a form for it.
net::Response revoke_form(Console& console, const net::Request& request,
                          const OperatorAccount& visitor);
net::Response revoke_site(Console& console, const net::Request& request,
                          const OperatorAccount& visitor);
/// What an act says, as a table or a form shows it.
web::Values act_values(const sync::ListedAct& act, const web::Translator& translate);
/// How a restored school stands (recovery_text()); empty where it wasn't restored.
std::string recovery_of(Console& console, School& school, const web::Translator& translate);
/// What undoing an act will do, and a form for it.
net::Response undo_form(Console& console, const net::Request& request,
                        const OperatorAccount& visitor);
net::Response undo_act(Console& console, const net::Request& request,
                       const OperatorAccount& visitor);
/// What opening a restored school before all were heard will do, and a form for it.
net::Response accept_form(Console& console, const net::Request& request,
                          const OperatorAccount& visitor);
net::Response accept_school(Console& console, const net::Request& request,
                            const OperatorAccount& visitor);

}  // namespace zimnik::hub
