// Every text of the hub's pages has an English one.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "hub/files.h"
#include "sync/web/catalogue.h"

namespace zimnik::hub::test {
namespace {

std::set<std::string> texts_in_templates() {
  static const std::regex kText(R"(\{\{#t\}\}(.*?)\{\{/t\}\})");
  std::set<std::string> texts;
  for (const auto& file : files()) {
    const std::string text(file.bytes);
    for (std::sregex_iterator it(text.begin(), text.end(), kText), end; it != end; ++it) {
      texts.insert((*it)[1]);
    }
  }
  return texts;
}

bool is_russian(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '\xd0' || c == '\xd1'; });
}

/// Literals with Russian letters in the code of pages, those that stand side by side as one.
std::set<std::string> texts_in_code() {
  static const std::regex kLiteral(R"re("([^"\n]*)"(\s*"([^"\n]*)")*)re");
  static const std::regex kSeam(R"re("\s*")re");
  std::set<std::string> texts;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(ZIMNIK_SOURCE_DIR) + "/hub/web")) {
    std::ifstream file(entry.path());
    const std::string code{std::istreambuf_iterator<char>(file), {}};
    for (std::sregex_iterator it(code.begin(), code.end(), kLiteral), end; it != end; ++it) {
      const auto joined = std::regex_replace(it->str(), kSeam, "");
      if (joined.size() < 2) continue;
      const auto text = joined.substr(1, joined.size() - 2);
      if (is_russian(text) && text.size() > 4) texts.insert(text);  // a code of one letter or two
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("each text in a template and in the pages' code has an English one") {
  const web::Catalogue catalogue(files());
  const auto& english = catalogue.translator("en");
  auto texts = texts_in_templates();
  CHECK(texts.size() > 30);
  const auto in_code = texts_in_code();
  CHECK(in_code.size() > 20);
  texts.insert(in_code.begin(), in_code.end());
  for (const auto& text : texts) {
    INFO(text);
    CHECK(english(text) != text);
    CHECK_FALSE(is_russian(english(text)));
  }
}

}  // namespace zimnik::hub::test
