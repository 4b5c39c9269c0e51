// What operators see and do of delivery. Commands as in hub/commands.h.
#pragma once

#include <ostream>
#include <string>

#include "hub/hub.h"

namespace zimnik::hub {

/// How many letters are in which state, and the doubtful and failed ones: no text, no names, no
/// addresses.
void print_mail(Hub& hub, std::ostream& out);
/// Sends one letter there at once, by the settings as they are now. Throws std::runtime_error with
/// the server's words where it isn't accepted.
void send_trial_mail(Hub& hub, const std::string& address, std::ostream& out);

}  // namespace zimnik::hub
