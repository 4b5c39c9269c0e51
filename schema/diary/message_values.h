// Threads of messages as the values of the template `thread`, which the node and the hub show.
// Pure; any thread.
#pragma once

#include "schema/read/messages.h"
#include "sync/web/values.h"

namespace zimnik::journal {

/// For the template `messages`: `threads`, each with a form's counter, and `new_message`, the form
/// for a new one.
web::Values threads_values(const std::vector<MessageThread>& threads);

}  // namespace zimnik::journal
