#include "tests/schema/released.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

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

std::string line_of(const sync::Table& table) {
  auto line = std::to_string(table.id) + " " + table.name +
              (table.stream == sync::Stream::shared ? " shared" : " school") + text_of(table.key);
  if (table.identifying) line += " identifying " + std::to_string(*table.identifying);
  return line + "\n";
}

std::string line_of(const sync::Table& table, const sync::Group& group) {
  return std::to_string(table.id) + "." + std::to_string(group.id) + " " + group.name +
         text_of(group.columns) + "\n";
}

}  // namespace

std::string declaration(const sync::Schema& schema) {
  std::string lines;
  for (const auto& table : schema.tables) {
    lines += line_of(table);
    for (const auto& group : table.groups) lines += line_of(table, group);
  }
  return lines;
}

std::string released(std::uint32_t version) {
  std::ifstream file(std::string(ZIMNIK_SOURCE_DIR "/tests/schema/released/") +
                     std::to_string(version) + ".txt");
  return {std::istreambuf_iterator<char>(file), {}};
}

sync::Schema released_schema(std::uint32_t version) {
  const auto declared = "\n" + released(version);
  const auto is_declared = [&](const std::string& line) {
    return declared.find("\n" + line) != std::string::npos;
  };
  auto schema = journal_schema();
  schema.version = version;
  std::erase_if(schema.tables,
                [&](const sync::Table& table) { return !is_declared(line_of(table)); });
  for (auto& table : schema.tables) {
    std::erase_if(table.groups,
                  [&](const sync::Group& group) { return !is_declared(line_of(table, group)); });
  }
  if ("\n" + declaration(schema) != declared) {
    throw std::runtime_error("the present schema isn't a continuation of version " +
                             std::to_string(version));
  }
  return schema;
}

}  // namespace zimnik::journal::test
