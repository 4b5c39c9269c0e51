// Copies of a database file that are made before its tables change with a new version of the
// program: what an older program needs where people go back to it. They lie beside the file:
// journal.db.version-1 is what journal.db was at version 1. They hold what the file holds, persons'
// data too, so only the last few are kept.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace zimnik::sync {

inline constexpr std::size_t kAutomaticBackups = 3;  ///< kept of one file, the newest versions

struct AutomaticBackup {
  std::string path;
  std::uint32_t version = 0;  ///< of the file's contents
};

/// Those that lie beside the file at `path`, the oldest version first.
std::vector<AutomaticBackup> automatic_backups(const std::string& path);

/// Where the copy of that version lies, or would.
std::string version_path(const std::string& path, std::uint32_t version);

/// Copies the file at `path`, whose contents are of `version`, in place of an older copy of that
/// version; then deletes what is more than kAutomaticBackups. Gives the copy's path. Throws
/// std::runtime_error where the disk has no room, DatabaseError or std::system_error where it can't
/// be written; then no copy was made or deleted.
std::string back_up_version(const std::string& path, std::uint32_t version);

/// Throws std::runtime_error where a migration of a file of `size` bytes doesn't fit `available`:
/// the copy takes as much as the file, what is written anew once more at the most.
void require_room(const std::string& path, std::uint64_t size, std::uint64_t available);

/// A file that a newer program has taken on: of `version`, where this one knows `known`.
class FileIsNewer : public std::runtime_error {
 public:
  /// Names both versions, and the newest copy up to version `opens`.
  FileIsNewer(const std::string& path, std::uint32_t version, std::uint32_t known,
              std::uint32_t opens);
};

}  // namespace zimnik::sync
