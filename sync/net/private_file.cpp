#include "sync/net/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "sync/store/durable.h"

namespace zimnik::net {
namespace {

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), path);
}

class File {
 public:
  File(const std::string& path, int flags) : path_(path) {
    descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor_ < 0) fail(path);
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(path_);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  std::string read(std::size_t most) {
    std::string bytes;
    char part[4096];
    for (;;) {
      const auto count = ::read(descriptor_, part, sizeof part);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail(path_);
      if (count == 0) return bytes;
      bytes.append(part, static_cast<std::size_t>(count));
      if (bytes.size() > most) throw std::runtime_error(path_ + ": too large");
    }
  }
  void sync() {
    if (::fsync(descriptor_) != 0) fail(path_);
  }

 private:
  std::string path_;
  int descriptor_;
};

}  // namespace

void write_private_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".new";
  // A leftover of a write that broke off may have another mode.
  ::unlink(temporary.c_str());
  try {
    File file(temporary, O_WRONLY | O_CREAT | O_EXCL);
    file.write(bytes);
    file.sync();
  } catch (...) {  // the disk is full: half a file is of no use to anybody
    ::unlink(temporary.c_str());
    throw;
  }
  sync::rename_durably(temporary, path);
}

std::string read_file(const std::string& path, std::size_t most) {
  return File(path, O_RDONLY).read(most);
}

}  // namespace zimnik::net
