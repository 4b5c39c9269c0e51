// A node is put back from a backup. What was in its folder isn't deleted, but goes aside.
#pragma once

#include <string>

#include "node/data_folder.h"
#include "sync/core/ids.h"

namespace zimnik::node {

/// What was done, for people.
struct Restored {
  std::string set_aside;  ///< where what was in the folder lies now; empty where there was nothing
  bool has_key = false;   ///< the site's key is in the folder: nothing more has to be done
};

/// Puts the backup of back_up() at `backup` in the place of the folder's journal.db, keys.db and
/// node.json; the rest stays, and the folder is made where it isn't there. The backup and what was
/// set aside are in the register of copies. The backup is checked and copied first: if that throws
/// (std::runtime_error), nothing has changed. Once the copy is whole, the next start of the node
/// ends what a crash may have left. Throws sync::FileIsLocked where the node is at work,
/// std::runtime_error where the backup doesn't hold, or is of another school than the folder's.
Restored restore(const DataFolder& folder, const std::string& backup, sync::Time now);

/// Ends a restore() that a crash has interrupted; else does nothing. Throws sync::FileIsLocked.
void finish_restore(const DataFolder& folder);

}  // namespace zimnik::node
