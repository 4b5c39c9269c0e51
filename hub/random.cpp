#include "hub/random.h"

#include <openssl/rand.h>

#include <stdexcept>

#include "sync/core/encoding.h"

namespace zimnik::hub {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return bytes;
}

std::string random_hex(std::size_t bytes) { return sync::to_hex(random_bytes(bytes)); }

}  // namespace zimnik::hub
