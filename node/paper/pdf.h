// A paper as PDF on A4: heads of tables repeated on each page, page numbers, and on the last page
// the places to sign beside the document's QR code.
#pragma once

#include <string>

#include "node/paper/paper.h"

namespace zimnik::paper {

/// What stands on the sheets and isn't part of the document.
struct Stamp {
  std::string made;  ///< a line at the foot of each page: when, from what
  std::string code;  ///< what the QR code holds; empty: none
};

/// Whatever the texts hold (control characters, directions of writing, words without end), the
/// layout stays: a cell shows as much as fits. Throws std::runtime_error where Cairo can't.
std::string pdf_of(const Paper& paper, const Stamp& stamp);

}  // namespace zimnik::paper
