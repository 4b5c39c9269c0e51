// What is wrong with a file that is brought in, and where.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include "sync/core/phrase.h"

namespace zimnik::journal {

struct Fault {
  std::size_t line = 0;  ///< from 1; 0: the file as a whole
  sync::Phrase why;
  std::string file{};  ///< of an archive; empty where it is one file

  /// «строка 3: нет класса», «users.csv, строка 3: нет класса»
  std::string text() const {
    const auto place = file.empty() || line == 0 ? file : file + ", ";
    const auto row = line == 0 ? "" : "строка " + std::to_string(line);
    return (place + row).empty() ? why.text() : place + row + ": " + why.text();
  }
};

/// A file that can't be read at all.
class BadFile : public std::runtime_error {
 public:
  explicit BadFile(Fault fault) : std::runtime_error(fault.text()), fault_(std::move(fault)) {}
  const Fault& fault() const { return fault_; }

 private:
  Fault fault_;
};

}  // namespace zimnik::journal
