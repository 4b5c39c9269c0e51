// Backups of a node: copies of its journal and of what it needs to be one again, made while it is
// at work. None carries the site's key: a node that is restored from one goes on as a new site.
#pragma once

#include <string>
#include <vector>

#include "node/data_folder.h"
#include "node/local_state.h"

namespace zimnik::node {

struct Backup {
  BackupNote note;                 ///< as it stands in the register
  std::vector<std::string> files;  ///< their names in the folder
};

/// Makes the folder `target` (an absolute path, at which there must be nothing) with journal.db,
/// keys.db and node.json, each whole, of mode 0600 and durable when this returns. No copy holds
/// site.key, sessions or the web certificate's key. Keys are copied after the journal, so that none
/// that it needs is missing. The backup is in the register from before its first byte is written;
/// if this throws (std::runtime_error, std::system_error), there is neither. Other threads and
/// programs may have the files open. What a site's signature doesn't cover yet
/// (Replica::sign_heads) can't be proven by whoever restores the copy.
Backup back_up(const DataFolder& folder, LocalState& state, const std::string& target,
               sync::Time now);

/// Where copies of the school's data lie, or lay when they were made: the register's, then those
/// that newer programs have made beside the files.
std::vector<std::string> copies_made(const DataFolder& folder, LocalState& state);

}  // namespace zimnik::node
