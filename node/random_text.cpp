#include "node/random_text.h"

#include <openssl/rand.h>

#include <stdexcept>

#include "sync/core/encoding.h"

namespace zimnik::node {

std::string random_text(std::size_t bytes) {
  std::string chance(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(chance.data()), static_cast<int>(bytes)) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return sync::to_base32(chance);
}

}  // namespace zimnik::node
