#include "tests/texts.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace zimnik::test {
namespace {

constexpr std::size_t kCodeBytes = 6;  // three Russian letters

/// Without what a line says after //.
std::string without_comments(const std::string& code) {
  static const std::regex kComment(R"(\n *//[^\n]*)");
  return std::regex_replace("\n" + code, kComment, "\n");
}

std::string read_source(const std::filesystem::path& path) {
  std::ifstream file(path);
  return without_comments({std::istreambuf_iterator<char>(file), {}});
}

void add_literals(const std::string& code, std::set<std::string>& texts) {
  static const std::regex kLiteral(R"re("((?:[^"\\\n]|\\.)*)"(?:\s*"(?:[^"\\\n]|\\.)*")*)re");
  static const std::regex kSeam(R"re("\s*")re");
  for (std::sregex_iterator it(code.begin(), code.end(), kLiteral), end; it != end; ++it) {
    const auto joined = std::regex_replace(it->str(), kSeam, "");
    if (joined.size() < 2) continue;
    const auto text = joined.substr(1, joined.size() - 2);
    if (is_russian(text) && text.size() > kCodeBytes) texts.insert(text);
  }
}

}  // namespace

std::set<std::string> texts_in_templates(web::EmbeddedFiles files) {
  static const std::regex kText(R"(\{\{#t\}\}(.*?)\{\{/t\}\})");
  std::set<std::string> texts;
  for (const auto& file : files) {
    if (!file.name.ends_with(".mustache")) continue;
    const std::string text(file.bytes);
    for (std::sregex_iterator it(text.begin(), text.end(), kText), end; it != end; ++it) {
      texts.insert((*it)[1]);
    }
  }
  return texts;
}

std::set<std::string> texts_in_code(const std::vector<std::string>& folders) {
  std::set<std::string> texts;
  for (const auto& folder : folders) {
    const auto path = std::string(ZIMNIK_SOURCE_DIR) + "/" + folder;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      const auto ending = entry.path().extension();
      if (ending != ".cpp" && ending != ".h") continue;
      add_literals(read_source(entry.path()), texts);
    }
  }
  return texts;
}

std::set<std::string> refusals_in_code(const std::vector<std::string>& files) {
  static const std::regex kRefusal(R"re(\brefuse\(\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+))re");
  std::set<std::string> texts;
  for (const auto& name : files) {
    const auto code = read_source(std::string(ZIMNIK_SOURCE_DIR) + "/" + name);
    for (std::sregex_iterator it(code.begin(), code.end(), kRefusal), end; it != end; ++it) {
      add_literals((*it)[1], texts);
    }
  }
  return texts;
}

bool is_russian(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c == '\xd0' || c == '\xd1'; });
}

}  // namespace zimnik::test
