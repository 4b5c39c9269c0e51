// Changes of the file system that a power cut doesn't undo.
#pragma once

#include <string>

namespace zimnik::sync {

/// Opens, syncs to the disk and closes; `flags` as for open(2), and with O_CREAT mode 0600. Throws
/// std::system_error.
void sync_path(const std::string& path, int flags);

/// A file or a folder takes the place of what is at `to`, durably when this returns; its own
/// contents are the caller's to sync. Throws std::system_error; then nothing was renamed, or it
/// may not be durable.
void rename_durably(const std::string& from, const std::string& to);

}  // namespace zimnik::sync
