// Backups of a node: copies of its journal and of what it needs to be one again, made while it is
// at work. None carries the site's key: a node that is restored from one goes on as a new site.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "node/data_folder.h"
#include "node/local_state.h"

namespace zimnik::node {

struct Backup {
  BackupNote note;                 ///< as it stands in the register
  std::vector<std::string> files;  ///< their names in the folder
};

/// Makes the folder `target` (an absolute path, at which there must be nothing; slashes at its end
/// don't count) with journal.db, keys.db and node.json, each whole, of mode 0600 and durable when
/// this returns. No copy holds site.key, sessions or the web certificate's key. Keys are copied
/// after the journal, so that none that it needs is missing. The folder that it is made in, and
/// from before that becomes the target the target too, is in the register; if this throws
/// (std::runtime_error, std::system_error), there is neither, and what another has put at `target`
/// is as it was. What a program that was killed left is removed first. Other threads and programs
/// may have the files open. What a site's signature doesn't cover yet (Replica::sign_heads) can't
/// be proven by whoever restores the copy.
Backup back_up(const DataFolder& folder, LocalState& state, const std::string& target,
               sync::Time now);

/// Deletes what backups that broke off have left, as far as the register names it and no program is
/// at work on it. Gives the paths.
std::vector<std::string> remove_unfinished_backups(LocalState& state);

/// A copy of the register.
struct KeptCopy {
  enum class State : std::uint8_t {
    there,
    unfinished,   ///< it is there, but only begun
    unreachable,  ///< not there, and neither is what it lay in: a medium that was taken out
    deleted,      ///< not there, but other things are in the folder that it lay in
  };
  std::string path;
  State state = State::there;
  /// The path as it is told to people.
  std::string text() const;
};
/// All that the register names.
std::vector<KeptCopy> registered_copies(LocalState& state);

/// Where copies of the school's data lie, or may lie, in words: the register's without those that
/// were deleted, then those that newer programs have made beside the files.
std::vector<std::string> copies_made(const DataFolder& folder, LocalState& state);

}  // namespace zimnik::node
