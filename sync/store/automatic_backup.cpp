#include "sync/store/automatic_backup.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "sync/store/database_copy.h"

namespace zimnik::sync {
namespace {

namespace files = std::filesystem;

constexpr std::uint64_t kSlackBytes = 16 << 20;

std::string prefix_of(const std::string& path) { return path + ".version-"; }

files::path folder_of(const std::string& path) {
  const auto folder = files::path(path).parent_path();
  return folder.empty() ? "." : folder;
}

/// Of the database and its log of writes.
std::uint64_t size_of(const std::string& path) {
  std::error_code none;
  const auto log = files::file_size(path + "-wal", none);
  return files::file_size(path) + (none ? 0 : log);
}

std::string megabytes(std::uint64_t bytes) { return std::to_string((bytes >> 20) + 1) + " MB"; }

/// What an older program can open, for people.
std::string way_back(const std::string& path, std::uint32_t opens) {
  std::string found;
  for (const auto& backup : automatic_backups(path)) {
    if (backup.version <= opens) found = backup.path;
  }
  if (found.empty()) return "no copy of it from before the migration lies beside it";
  return "the copy from before the migration is " + found;
}

}  // namespace

std::string version_path(const std::string& path, std::uint32_t version) {
  return prefix_of(path) + std::to_string(version);
}

std::vector<AutomaticBackup> automatic_backups(const std::string& path) {
  std::vector<AutomaticBackup> backups;
  const std::string prefix = files::path(prefix_of(path)).filename();
  std::error_code ignored;
  for (const auto& entry : files::directory_iterator(folder_of(path), ignored)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(prefix) || !entry.is_regular_file(ignored)) continue;
    AutomaticBackup backup;
    const auto* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + prefix.size(), end, backup.version);
    if (read.ec != std::errc() || read.ptr != end) continue;
    backup.path = prefix_of(path) + name.substr(prefix.size());
    backups.push_back(std::move(backup));
  }
  std::sort(backups.begin(), backups.end(),
            [](const auto& left, const auto& right) { return left.version < right.version; });
  return backups;
}

std::string back_up_version(const std::string& path, std::uint32_t version) {
  require_room(path, size_of(path), files::space(folder_of(path)).available);
  const auto copy = version_path(path, version);
  copy_database(path, copy);
  auto backups = automatic_backups(path);
  // The newest but this one, which the migration that follows may have to be undone with.
  std::erase_if(backups, [&](const auto& backup) { return backup.version == version; });
  while (backups.size() >= kAutomaticBackups) {
    files::remove(backups.front().path);
    backups.erase(backups.begin());
  }
  return copy;
}

void require_room(const std::string& path, std::uint64_t size, std::uint64_t available) {
  const auto needed = 2 * size + kSlackBytes;
  if (available >= needed) return;
  throw std::runtime_error(path + ": to bring it up to this version takes " + megabytes(needed) +
                           " of free disk, there are " + megabytes(available));
}

FileIsNewer::FileIsNewer(const std::string& path, std::uint32_t version, std::uint32_t known,
                         std::uint32_t opens)
    : std::runtime_error(path + ": a newer program has brought it up to version " +
                         std::to_string(version) + ", this one knows " + std::to_string(known) +
                         "; " + way_back(path, opens)) {}

}  // namespace zimnik::sync
