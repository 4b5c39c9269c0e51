// Threads of messages as the values of the template `thread`, which the node and the hub show.
// Pure; any thread.
#pragma once

#include "schema/read/messages.h"
#include "sync/web/values.h"

namespace zimnik::journal {

/// Of one thread: `thread`, and its `messages`.
web::Values thread_values(const MessageThread& thread);

}  // namespace zimnik::journal
