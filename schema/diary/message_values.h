// Threads of messages as the values of the template `thread`, which the node and the hub show.
// Pure; any thread.
#pragma once

#include <mstch/mstch.hpp>

#include "schema/read/messages.h"

namespace zimnik::journal {

/// Of one thread: `thread`, and its `messages`.
mstch::map thread_values(const MessageThread& thread);

}  // namespace zimnik::journal
