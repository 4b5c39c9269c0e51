#include "hub/secret_file.h"

#include <sys/stat.h>

#include <stdexcept>

namespace zimnik::hub {

void require_private(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw std::runtime_error("файл не читается");
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw std::runtime_error("файл открыт не только владельцу, а в нём пароль: chmod 600");
  }
}

}  // namespace zimnik::hub
