#include "schema/tables.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "schema/words.h"

namespace zimnik::journal {
namespace {

using namespace sync;

std::string type_of(const Column& column) {
  static const std::map<ColumnType, std::string> kNames = {{ColumnType::integer, "integer"},
                                                           {ColumnType::real, "real"},
                                                           {ColumnType::text, "text"},
                                                           {ColumnType::blob, "blob"},
                                                           {ColumnType::any, "any"}};
  const auto name = kNames.at(column.type);
  return column.person.empty() ? name : name + ", personal by " + column.person;
}

std::string line(const std::string& table, const std::string& cell, const Column& column) {
  return table + ": | " + cell + " | `" + column.name + "` | " + type_of(column) + " |";
}

std::vector<std::string> declared() {
  std::vector<std::string> lines;
  for (const auto& table : journal_schema().tables) {
    const auto name = std::to_string(table.id) + " " + table.name;
    for (const auto& column : table.key) lines.push_back(line(name, "key", column));
    for (const auto& group : table.groups) {
      const std::string mark = table.identifying == group.id ? " *" : "";
      const auto cell = std::to_string(group.id) + " " + group.name + mark;
      for (const auto& column : group.columns) lines.push_back(line(name, cell, column));
    }
  }
  return lines;
}

/// The first three fields of every row under a heading of a table.
std::vector<std::string> in_dictionary() {
  std::ifstream file(std::string(ZIMNIK_SOURCE_DIR) + "/schema/README.md");
  std::vector<std::string> lines;
  std::string table;
  for (std::string text; std::getline(file, text);) {
    if (text.rfind("### ", 0) == 0) table = text.substr(4);
    if (table.empty() || text.rfind("| ", 0) != 0 || text.rfind("| cell ", 0) == 0) continue;
    std::size_t end = 0;
    for (int field = 0; field < 3; ++field) end = text.find('|', end + 1);
    lines.push_back(table + ": " + text.substr(0, end + 1));
  }
  return lines;
}

TEST_CASE("the dictionary names every column with its table, cell and type") {
  CHECK(in_dictionary() == declared());
}

TEST_CASE("the declaration holds by the engine's rules") { CHECK_NOTHROW(check(journal_schema())); }

TEST_CASE("accounts, files and remarks to teachers lie in the stream that the hub can't read") {
  std::set<std::string> sealed;
  for (const auto& table : journal_schema().tables) {
    if (table.stream == Stream::school) sealed.insert(table.name);
  }
  CHECK(sealed == std::set<std::string>{"account", "inspection_remark", "personal_file"});
}

TEST_CASE("names, contacts and what is written of a pupil are personal, marks never") {
  std::set<std::string> personal;
  for (const auto& table : journal_schema().tables) {
    for (const auto& group : table.groups) {
      for (const auto& column : group.columns) {
        if (!column.person.empty()) personal.insert(table.name);
      }
    }
  }
  CHECK(personal == std::set<std::string>{"absence_notice", "contact", "federal_identity",
                                          "message", "person", "personal_file", "remark"});
}

Candidate candidate(const Stamp& stamp, std::uint16_t rank, const std::vector<Value>& values) {
  return {stamp, rank, values};
}

TEST_CASE("a topic by order weighs more than a higher rank's without one") {
  const auto& group = *journal_schema().find("lesson")->find(3);
  const Stamp early{Time{1}, {}, 1, {}}, late{Time{2}, {}, 1, {}};
  const std::vector<Value> by_order = {Text{"Дроби"}, Text{"12"}}, without = {Text{"Углы"}, Null{}};
  const std::vector<Candidate> candidates = {candidate(late, 80, without),
                                             candidate(early, 20, by_order)};
  CHECK(group.policy.pick(candidates) == 1);
}

TEST_CASE("a refusal beats a later consent that didn't know of it") {
  const auto& group = *journal_schema().find("consent")->find(1);
  const Stamp early{Time{1}, {}, 1, {}}, late{Time{2}, {}, 1, {}};
  const std::vector<Value> refused = {Text{std::string(kRefused)}, Null{}, Null{}},
                           granted = {Text{std::string(kGranted)}, Null{}, Null{}};
  const std::vector<Candidate> candidates = {candidate(late, 10, granted),
                                             candidate(early, 10, refused)};
  CHECK(group.policy.pick(candidates) == 1);
}

}  // namespace
}  // namespace zimnik::journal
