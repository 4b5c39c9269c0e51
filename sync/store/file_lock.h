// One process at a time: two writers of one database would each keep a memory of its own.
#pragma once

#include <stdexcept>
#include <string>

namespace zimnik::sync {

/// Another process has the file open.
class FileIsLocked : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Holds an exclusive lock on `path`.lock until it goes. Nothing is locked for ":memory:". Throws
/// FileIsLocked where another holds it, std::runtime_error where there can be no lock.
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
