// What each release declared stays declared: old files and old sites hold it for ever. A version
// of the schema has a file in tests/schema/released, a line for each table and each group.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "schema/tables.h"

namespace zimnik::journal::test {
namespace {

std::string text_of(const std::vector<sync::Column>& columns) {
  static constexpr const char* kTypes[] = {"integer", "real", "text", "blob", "any"};
  std::string text = "(";
  for (const auto& column : columns) {
    if (text.size() > 1) text += ", ";
    text += column.name + " " + kTypes[static_cast<int>(column.type)];
    if (!column.person.empty()) text += " of " + column.person;
  }
  return text + ")";
}

std::string declaration(const sync::Schema& schema) {
  std::ostringstream lines;
  for (const auto& table : schema.tables) {
    lines << table.id << " " << table.name
          << (table.stream == sync::Stream::shared ? " shared" : " school") << text_of(table.key);
    if (table.identifying) lines << " identifying " << *table.identifying;
    lines << "\n";
    for (const auto& group : table.groups) {
      lines << table.id << "." << group.id << " " << group.name << text_of(group.columns) << "\n";
    }
  }
  return lines.str();
}

std::string released(std::uint32_t version) {
  std::ifstream file(std::string(ZIMNIK_SOURCE_DIR "/tests/schema/released/") +
                     std::to_string(version) + ".txt");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the present version of the schema is the one that is written down") {
  CHECK(declaration(journal_schema()) == released(journal_schema().version));
}

TEST_CASE("nothing that an older version of the schema declared has changed or gone") {
  const auto present = "\n" + declaration(journal_schema());
  for (std::uint32_t version = 1; version < journal_schema().version; ++version) {
    std::istringstream lines(released(version));
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      INFO("version " << version << ": " << line);
      CHECK(present.find("\n" + line + "\n") != std::string::npos);
    }
    CHECK(count > 0);
  }
}

}  // namespace zimnik::journal::test
