// A node at work: the web journal, the exchange with siblings, the agent, the control socket.
#pragma once

#include <string>
#include <vector>

#include "node/data_folder.h"

namespace zimnik::node {

struct ServeOptions {
  std::string web = "[::]:8443";   ///< HTTPS for browsers of the school's network
  std::string plain;               ///< HTTP on this machine alone: 127.0.0.1:8080
  std::string sync;                ///< for siblings; empty: none
  std::vector<std::string> names;  ///< by which the node is opened, besides its own
};

/// Until SIGTERM or SIGINT. Throws std::runtime_error where it can't begin.
void serve(const DataFolder& folder, const ServeOptions& options);

}  // namespace zimnik::node
