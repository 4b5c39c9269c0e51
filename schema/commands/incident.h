// That an account was used by somebody else, or its password became known (R32). Errors as in
// lesson.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "sync/core/ids.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `id` from new_id. Refuses an account that isn't there, and nothing said.
void report_incident(sync::Command& command, std::int64_t id, std::string_view login,
                     std::string_view what, sync::Time reported);
/// When the principal, when support heard of it. The first receipt of each stays. Refuse where
/// there is no such incident.
void receive_as_principal(sync::Command& command, std::int64_t id, sync::Time received);
void receive_as_support(sync::Command& command, std::int64_t id, sync::Time received);
/// The act that voided the account's work.
void note_act(sync::Command& command, std::int64_t id, const sync::Hash& act);

}  // namespace zimnik::journal
