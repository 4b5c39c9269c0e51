// Copies of the hub's files that hold data of persons who were forgotten since.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "hub/hub.h"

namespace zimnik::hub {

struct KeptCopies {
  /// Backups of the register, and automatic copies, that are in their place and were made before
  /// the last forgetting was seen to; one that can't be read too. Their paths.
  std::vector<std::string> here;
  /// Backups that were made before and aren't where they were made: deleted, or carried away.
  std::vector<BackupNote> elsewhere;
};
KeptCopies copies_with_forgotten(Hub& hub);

/// A line on each that is here, and one on the others together.
void name_kept_copies(Hub& hub, std::ostream& out);
/// The operator says that those that aren't in their place are nowhere: they are named no more.
void note_copies_gone(Hub& hub, std::ostream& out);

}  // namespace zimnik::hub
