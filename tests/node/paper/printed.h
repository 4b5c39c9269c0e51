// A PDF as other programs read it: pdftotext, pdfinfo and pdftoppm of poppler, zbarimg.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace zimnik::paper::test {

/// A PDF in a folder of its own, and what programs say of it.
class Printed {
 public:
  explicit Printed(const std::string& pdf) {
    auto pattern = (std::filesystem::temp_directory_path() / "zimnik-paper-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    std::ofstream(file(), std::ios::binary) << pdf;
  }
  ~Printed() { std::filesystem::remove_all(folder_); }
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;

  std::string text() const { return said_by("pdftotext -layout '" + file() + "' -"); }
  std::string facts() const { return said_by("pdfinfo '" + file() + "'"); }
  /// Of the QR code on its pages.
  std::string code() const {
    said_by("pdftoppm -r 200 -gray -png '" + file() + "' '" + folder_ + "/page'");
    auto code =
        said_by("zbarimg --quiet --nodbus --raw -Sdisable -Sqrcode.enable '" + folder_ + "'/*.png");
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
  }

 private:
  std::string file() const { return folder_ + "/paper.pdf"; }

  static std::string said_by(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string said;
    char bytes[4096];
    for (std::size_t size; (size = fread(bytes, 1, sizeof bytes, pipe.get())) > 0;) {
      said.append(bytes, size);
    }
    return said;
  }

  std::string folder_;
};

}  // namespace zimnik::paper::test
