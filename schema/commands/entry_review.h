// What a deputy head decides about a mark that came after its period was closed. Errors as in
// lesson.h.
#pragma once

#include <string_view>

#include "schema/lesson_key.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// It counts.
void accept_entry(sync::Command& command, const MarkKey& mark);
/// It stays where it is, and counts for nothing. Refuses to do so without a reason.
void reject_entry(sync::Command& command, const MarkKey& mark, std::string_view reason);

}  // namespace zimnik::journal
