// Folders that are made whole or not at all, and what of them a program that was killed has left.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace zimnik::sync {

/// The folder's path without slashes at its end: "/a/b/" is "/a/b".
std::string folder_path(std::string path);

/// A folder that will be `target`. Until then it lies beside it as .NAME.unfinished-XXXXXX, which
/// is nobody else's, and is locked: see remove_unfinished().
class NewFolder {
 public:
  /// Mode 0700, with nothing in it. Throws std::system_error. REQUIRES: folder_path(target) is
  /// `target`.
  explicit NewFolder(std::string target);
  /// Without finish() the folder goes with all that is in it.
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  /// Where it lies unfinished.
  const std::string& path() const { return path_; }
  /// It becomes the target, durably; its contents are the caller's to sync. Throws
  /// std::system_error: if anything lies at the target, that isn't touched.
  void finish();
  /// Without it: the folder goes now, as far as it can be deleted.
  void remove();

 private:
  void close();
  std::string target_, path_;
  int lock_ = -1;
};

/// Makes the folder `target` with what `fill` puts into the folder that it is given, durably by
/// itself. If anything throws (std::system_error, what `fill` throws) nothing was made, and what
/// lies at the target isn't touched.
void make_folder(const std::string& target, const std::function<void(const std::string&)>& fill);

/// Whether a NewFolder may have lain at this path until it was finished.
bool is_unfinished_name(const std::string& path);
/// What lies beside `target` under such names for it, sorted.
std::vector<std::string> unfinished_beside(const std::string& target);
/// Deletes a folder of such a name that no program is at work on. False where it is still there, or
/// never was. REQUIRES: a NewFolder made it.
bool remove_unfinished(const std::string& path);

}  // namespace zimnik::sync
