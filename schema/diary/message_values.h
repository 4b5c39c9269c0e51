// Threads of messages as the values of the template `thread`, which the node and the hub show.
// Pure; any thread.
#pragma once

#include "schema/read/messages.h"
#include "sync/web/values.h"

namespace zimnik::journal {

/// For the template `messages`: `threads`, each with a form's counter, `new_message`, the form for
/// a new one, and `before`, of the link to earlier ones.
web::Values messages_values(const MessagePage& page);
/// What the page that is asked for begins before, as the link to it has it; nothing where that says
/// nothing.
std::optional<MessagePosition> message_position_from(const std::string& text);

}  // namespace zimnik::journal
