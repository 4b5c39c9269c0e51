// One process at a time: two writers of one database would each keep a memory of its own.
#pragma once

#include <string>

namespace zimnik::sync {

/// Holds an exclusive lock on `path`.lock until it goes. Nothing is locked for ":memory:". Throws
/// std::runtime_error where another holds it.
class FileLock {
 public:
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_ = -1;
};

}  // namespace zimnik::sync
