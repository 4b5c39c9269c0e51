#include "hub/qr_image.h"

#include "sync/qr/qr.h"

namespace zimnik::hub {

std::string qr_image(const std::string& text) {
  constexpr std::size_t kQuiet = 4;
  const auto code = qr::code_of(text);
  const auto side = std::to_string(code.size + 2 * kQuiet);
  std::string path;
  for (std::size_t row = 0; row < code.size; ++row) {
    for (std::size_t column = 0; column < code.size; ++column) {
      if (!code.dark(row, column)) continue;
      path +=
          "M" + std::to_string(column + kQuiet) + " " + std::to_string(row + kQuiet) + "h1v1h-1z";
    }
  }
  return "<svg class=\"qr\" role=\"img\" aria-label=\"QR\" viewBox=\"0 0 " + side + " " + side +
         "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
         "<path d=\"" +
         path + "\" fill=\"#000\"/></svg>";
}

}  // namespace zimnik::hub
