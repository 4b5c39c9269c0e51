// Whether the hub can do all of its work.
#pragma once

#include <string>
#include <vector>

#include "hub/hub.h"

namespace zimnik::hub {

/// Schools whose files aren't open.
struct HubReadiness {
  std::vector<sync::SchoolId> waiting;  ///< their turn hasn't come, or they are being migrated
  std::vector<sync::SchoolId> failed;   ///< their files can't be opened

  bool is_ready() const { return waiting.empty() && failed.empty(); }
  /// For anybody: «ready», or a line of each school by its id. Names and reasons are operators'.
  std::string text() const;
};

/// Waits for no school.
HubReadiness readiness_of(Hub& hub);

}  // namespace zimnik::hub
