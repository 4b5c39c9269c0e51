// zimnik-hub serve: the sync port, the parents' pages, the console and the control socket.
#pragma once

#include <memory>
#include <string>

#include "hub/command_line.h"
#include "hub/hub.h"
#include "hub/watch/log.h"

namespace zimnik::hub {

/// Serves until the object goes. `hub` outlives it.
class Serving {
 public:
  using Events = std::function<void(const LogEvent&)>;

  /// Throws where an address can't be had. `log` gets lines for operators, `events`, if any, hears
  /// of each exchange and request; both from any thread.
  Serving(Hub& hub, const ServeOptions& options, std::function<void(const std::string&)> log,
          const Events& events = {});
  ~Serving();

  int sync_port() const;
  int web_port() const;      ///< 0 for a Unix socket
  int console_port() const;  ///< 0 for a Unix socket, or where there is no console

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace zimnik::hub
