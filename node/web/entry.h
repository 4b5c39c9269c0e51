// Who writes what a visitor of the node asks for. Any thread.
#pragma once

#include "node/web/door.h"
#include "schema/roles.h"
#include "sync/net/http_message.h"
#include "sync/store/command.h"

namespace zimnik::node {

/// The entry that a visitor's request makes.
sync::Entry entry_of(const Visitor& visitor, journal::Role role, const net::Request& request,
                     sync::EntryId id, sync::Seen seen, sync::Time now);

}  // namespace zimnik::node
