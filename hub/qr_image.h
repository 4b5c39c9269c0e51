// A QR code as an image in a page. Pure.
#pragma once

#include <string>

namespace zimnik::hub {

/// An SVG element, black on white with the quiet zone of four modules around it. Throws
/// std::invalid_argument for what doesn't fit (sync/qr/qr.h).
std::string qr_image(const std::string& text);

}  // namespace zimnik::hub
