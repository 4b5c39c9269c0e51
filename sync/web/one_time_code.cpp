#include "sync/web/one_time_code.h"

#include <openssl/rand.h>

#include <stdexcept>

#include "sync/core/crypto.h"
#include "sync/core/encoding.h"

namespace zimnik::web {

namespace {

constexpr std::size_t kCodeBytes = 10;
constexpr std::size_t kGroup = 4;

bool is_between(char letter) {
  return letter == ' ' || letter == '-' || letter == '\t' || letter == '\r' || letter == '\n';
}

}  // namespace

std::string new_code() {
  std::string chance(kCodeBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(chance.data()),
                 static_cast<int>(chance.size())) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return sync::to_base32(chance);
}

std::string code_in_groups(std::string_view code) {
  std::string text;
  for (std::size_t at = 0; at < code.size(); at += kGroup) {
    if (at > 0) text += '-';
    text += code.substr(at, kGroup);
  }
  return text;
}

sync::Hash hash_of_code(std::string_view typed) {
  std::string code;
  for (const char letter : typed) {
    if (is_between(letter)) continue;
    code += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return sync::sha256({code});
}

}  // namespace zimnik::web
