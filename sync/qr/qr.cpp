#include "sync/qr/qr.h"

#include <qrencode.h>

#include <memory>
#include <stdexcept>

namespace zimnik::qr {

Code code_of(const std::string& text) {
  constexpr int kSmallest = 0;  // version: chosen by the library
  constexpr int kCaseSensitive = 1;
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeString(text.c_str(), kSmallest, QR_ECLEVEL_M, QR_MODE_8, kCaseSensitive),
      QRcode_free);
  if (!made) throw std::invalid_argument("a QR code can't hold this");
  Code code;
  code.size = static_cast<std::size_t>(made->width);
  code.is_dark.reserve(code.size * code.size);
  for (std::size_t i = 0; i < code.size * code.size; ++i) {
    code.is_dark.push_back((made->data[i] & 1) != 0);
  }
  return code;
}

}  // namespace zimnik::qr
