#include "sync/store/new_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "sync/store/durable.h"

namespace zimnik::sync {
namespace {

namespace files = std::filesystem;

constexpr std::string_view kMark = ".unfinished-", kRandom = "XXXXXX";

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), path);
}

files::path parent_of(const std::string& path) {
  const auto parent = files::path(path).parent_path();
  return parent.empty() ? "." : parent;
}

/// What the names of unfinished folders for this target begin with.
std::string prefix_of(const std::string& target) {
  return "." + files::path(target).filename().string() + std::string(kMark);
}

/// A folder of one name takes another, which nothing has yet.
void rename_to_new(const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  if (errno != EINVAL && errno != ENOSYS) fail(to);
  // Not every file system knows that. All replace nothing but an empty folder, here one's own.
  if (::mkdir(to.c_str(), 0700) != 0) fail(to);
  if (std::rename(from.c_str(), to.c_str()) == 0) return;
  const int error = errno;
  ::rmdir(to.c_str());
  errno = error;
  fail(to);
}

int open_folder(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

}  // namespace

std::string folder_path(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

NewFolder::NewFolder(std::string target) : target_(std::move(target)) {
  auto path = (parent_of(target_) / (prefix_of(target_) + std::string(kRandom))).string();
  if (::mkdtemp(path.data()) == nullptr) fail(target_);
  path_ = path;
  lock_ = open_folder(path_);
  // Where a file system has no locks, nobody gets one there to delete it by either.
  if (lock_ >= 0) ::flock(lock_, LOCK_EX | LOCK_NB);
}

NewFolder::~NewFolder() { remove(); }

void NewFolder::remove() {
  std::error_code ignored;
  if (!path_.empty()) files::remove_all(path_, ignored);
  path_.clear();
  close();
}

void NewFolder::close() {
  if (lock_ >= 0) ::close(lock_);
  lock_ = -1;
}

void NewFolder::finish() {
  rename_to_new(path_, target_);
  path_.clear();
  close();
  sync_path(parent_of(target_), O_RDONLY | O_DIRECTORY);
}

void make_folder(const std::string& target, const std::function<void(const std::string&)>& fill) {
  NewFolder folder(folder_path(target));
  fill(folder.path());
  folder.finish();
}

bool is_unfinished_name(const std::string& path) {
  const std::string name = files::path(path).filename();
  const auto mark = name.rfind(kMark);
  return mark != std::string::npos && mark > 1 && name.starts_with('.') &&
         name.size() == mark + kMark.size() + kRandom.size();
}

std::vector<std::string> unfinished_beside(const std::string& target) {
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : files::directory_iterator(parent_of(target), ignored)) {
    const std::string name = entry.path().filename();
    if (!name.starts_with(prefix_of(target)) || !is_unfinished_name(name)) continue;
    found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool remove_unfinished(const std::string& path) {
  if (!is_unfinished_name(path)) return false;
  const int folder = open_folder(path);
  if (folder < 0) return false;
  std::error_code error;
  const bool is_free = ::flock(folder, LOCK_EX | LOCK_NB) == 0;
  if (is_free) files::remove_all(path, error);
  ::close(folder);
  return is_free && !error;
}

}  // namespace zimnik::sync
