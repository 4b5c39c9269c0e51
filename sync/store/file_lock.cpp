#include "sync/store/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace zimnik::sync {

FileLock::FileLock(const std::string& path) {
  if (path == ":memory:") return;
  const std::string name = path + ".lock";
  file_ = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) throw std::runtime_error(name + ": " + std::strerror(errno));
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    close(file_);
    if (error == EWOULDBLOCK) throw FileIsLocked(path + " is open in another process");
    throw std::runtime_error(name + ": " + std::strerror(error));
  }
}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace zimnik::sync
