// Writes a guardian of long ago, whose periods of retention are over, into the folder of a node
// that isn't at work: no page and no command enters what has passed.
//
//   old_guardian FOLDER FAMILY_NAME PHONE    prints the person's number
#include <iostream>

#include "node/commands/commands.h"
#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/ids.h"

using namespace zimnik;

namespace {

std::int64_t write_guardian(node::SchoolNode& node, const std::string& family_name,
                            const std::string& phone) {
  constexpr int kYear = 2010;
  const auto person = journal::new_id(kYear);
  node.journal().make_person_keys({person});
  const auto entry = node::console_entry(node);
  node.journal().write([&](sync::Replica& replica) {
    replica.write(entry, [&](sync::Command& run) {
      journal::add_person(run, person, journal::PersonKind::guardian, {family_name, "Олег", ""});
      journal::set_contact(run, person, "phone", phone, journal::kByGuardian,
                           journal::Date::from(kYear, 9, 1).value());
    });
  });
  return person;
}

}  // namespace

int main(int count, char** words) try {
  if (count != 4) throw std::runtime_error("old_guardian FOLDER FAMILY_NAME PHONE");
  node::SchoolNode node(node::DataFolder{words[1]});
  std::cout << write_guardian(node, words[2], words[3]) << "\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << error.what() << "\n";
  return 1;
}
