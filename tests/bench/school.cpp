#include "tests/bench/school.h"

#include <iostream>

#include "node/school_node.h"
#include "schema/deadlines.h"
#include "schema/sample/sample_school.h"

namespace zimnik::bench {
namespace {

namespace sample = journal::sample;

void write_last_day(sync::Replica& replica, const sample::SampleSchool& school) {
  std::size_t edits = 0;
  replica.batch([&] {
    school.write_day(school.school_days().back(), sample::Site::all,
                     [&](sync::Entry entry, const std::function<void(sync::Command&)>& command) {
                       entry.seen = replica.seen();
                       replica.write(entry, command);
                       ++edits;
                     });
  });
  std::cout << edits << "\n";
}

}  // namespace

void write_school(const std::string& folder, int pupils, SchoolPart part) {
  node::SchoolNode node{node::DataFolder(folder)};
  auto options = sample::options_as_of(journal::local_time(node::system_time()).date);
  options.pupils = pupils;
  if (part == SchoolPart::without_last_day) {
    options.until = sample::SampleSchool(options).school_days().back().plus(-1);
  }
  const sample::SampleSchool school(options);
  node.journal().make_person_keys(school.people());
  node.journal().write([&](sync::Replica& replica) {
    part == SchoolPart::last_day ? write_last_day(replica, school) : sample::fill(replica, school);
  });
}

}  // namespace zimnik::bench
