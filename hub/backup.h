// Backups of a hub, made while it serves. What they hold, and what not, says hub/README.md.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "hub/hub.h"

namespace zimnik::hub {

/// Makes the folder `target` (an absolute path, at which there must be nothing; slashes at its end
/// don't count) with hub.db and
/// each school's replica and keys, and manifest.json. Neither the authority nor the hub's own keys
/// are in it. Whole and durable when this returns; if it throws (std::runtime_error), there is
/// nothing at `target`. It is in the register (backup_register.h), its own copy of it too. What
/// backups to it that were killed have left beside it is named, not deleted. A school whose files
/// can't be read is left out and named: then it throws too, and the backup of the others is there
/// all the same.
void back_up(Hub& hub, const std::string& target, std::ostream& out);

/// Writes the authority to a new file `target`, sealed under a passphrase of at least
/// kLeastPassphrase bytes: it opens on no machine without that. Throws std::runtime_error where the
/// file is there, or where the folder holds no hub.
void back_up_authority(const DataFolder& folder, const std::string& target,
                       std::string_view passphrase, std::ostream& out);
inline constexpr std::size_t kLeastPassphrase = 12;

}  // namespace zimnik::hub
