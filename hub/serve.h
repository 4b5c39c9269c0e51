// zimnik-hub serve: the sync port, the parents' pages, the console and the control socket.
#pragma once

#include <memory>
#include <string>

#include "hub/command_line.h"
#include "hub/hub.h"

namespace zimnik::hub {

/// Serves until the object goes. `hub` outlives it.
class Serving {
 public:
  /// Throws where an address can't be had. `log` gets lines for operators, from any thread.
  Serving(Hub& hub, const ServeOptions& options, std::function<void(const std::string&)> log);
  ~Serving();

  int sync_port() const;
  int web_port() const;      ///< 0 for a Unix socket
  int console_port() const;  ///< 0 for a Unix socket, or where there is no console

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace zimnik::hub
