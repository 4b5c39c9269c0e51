// The commands about other systems, as they are typed: api-key, export. They do what hub/commands.h
// says of all.
#pragma once

#include <functional>

#include "hub/command.h"

namespace CLI {
class App;
}

namespace zimnik::hub {

/// Adds them; the one that is typed is given to `chosen`.
void add_api_commands(CLI::App& app, std::function<void(Command)> chosen);

}  // namespace zimnik::hub
