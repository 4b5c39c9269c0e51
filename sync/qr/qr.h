// QR codes. Pure.
#pragma once

#include <string>
#include <vector>

namespace zimnik::qr {

/// A square of modules, row by row.
struct Code {
  std::size_t size = 0;
  std::vector<bool> is_dark;

  bool dark(std::size_t row, std::size_t column) const { return is_dark[row * size + column]; }
};

/// With 15 % to spare for stains and folds. Throws std::invalid_argument for what doesn't fit: over
/// some 2,000 characters.
Code code_of(const std::string& text);

}  // namespace zimnik::qr
