// zimnik-hub's commands as they are typed.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "hub/command.h"
#include "hub/data_folder.h"
#include "hub/hub.h"
#include "sync/web/control.h"

namespace zimnik::hub {

struct ServeOptions {
  std::string sync_address;
  std::string web_address;
  std::string console_address{};  ///< of the operators' pages and the metrics; empty: none
  bool is_log_json = false;       ///< one JSON object a line
  /// Where nodes reach the sync port, HOST:PORT, for the pages that tell it; empty: not known.
  std::string advertised_address{};
};

/// What a command line asks for: exactly one of the four is set.
struct Parsed {
  DataFolder folder;
  std::optional<web::ControlReply> answer;  ///< help, or what is wrong with it
  /// What is done in the folder's files themselves, never by who serves, with what stands on the
  /// standard input.
  std::function<void(const DataFolder&, std::istream&, std::ostream&)> alone;
  std::optional<ServeOptions> serve;
  /// Anything else.
  Command command;
};

/// `arguments` without the program's name.
Parsed parse(std::vector<std::string> arguments);

/// Runs a command on this hub, as the control socket does.
web::ControlReply run_command(Hub& hub, const web::ControlCall& call);

}  // namespace zimnik::hub
