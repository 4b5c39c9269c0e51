#include "tests/schema/import/import.h"

#include <catch2/catch.hpp>

namespace zimnik::journal::test {
namespace {

void write(Node& node, const Plan& plan) {
  INFO(faults_of(plan));
  REQUIRE(plan.faults.empty());
  std::vector<sync::NewKey> keys;
  for (const auto person : plan.new_people) {
    keys.push_back({sync::Value(person), sync::test::some_key("person " + std::to_string(person))});
  }
  node->add_keys(keys);
  node.save([&](sync::Command& command) { carry_out(command, plan); },
            {"technician", rank_of(Role::technical_specialist)});
}

}  // namespace

ImportOptions options() {
  ImportOptions made;
  made.today = day("2025-09-03");
  made.year = kYear;
  made.role = Role::technical_specialist;
  return made;
}

Plan look(Node& node, const ImportKind& kind, const std::string& text, const ImportOptions& with) {
  NewIds ids(with.year);
  return plan_import(node->database(), kind, text, with, ids);
}

Plan bring_in(Node& node, const ImportKind& kind, const std::string& text,
              const ImportOptions& with) {
  auto plan = look(node, kind, text, with);
  write(node, plan);
  return plan;
}

Plan look(Node& node, const ImportFiles& files) {
  NewIds ids(kYear);
  return plan_archive(node->database(), kOneRosterFile, files, options(), ids);
}

Plan bring_in(Node& node, const ImportFiles& files) {
  auto plan = look(node, files);
  write(node, plan);
  return plan;
}

std::string faults_of(const Plan& plan) {
  std::string text;
  for (const auto& fault : plan.faults) text += fault.text() + "\n";
  return text;
}

std::string changes_of(const Plan& plan) {
  static const char* const kEffects[] = {"+", "~", "-", "="};
  std::string text;
  for (const auto& change : plan.changes) {
    if (change.effect == Effect::same) continue;
    text += kEffects[static_cast<int>(change.effect)] + change.what.text();
    for (const auto& detail : change.details) text += "; " + detail.text();
    text += "\n";
  }
  return text;
}

}  // namespace zimnik::journal::test
