// What a program of the journal's first released schema does, for journeys: it knows nothing of
// what came after it.
//
//   old_site begin NODE PUPILS       an enrolled node that has no journal yet gets one, of a
//   made-up
//                                    school, with what an old teacher wrote last
//   old_site begin-hub HUB SCHOOL    the school's file, in which nothing is yet, becomes an old one
//   old_site exchange NODE HUB       until both hold the same; the hub's file may be a newer one
//   old_site verify NODE             opens the journal; a line for each thing that doesn't hold
//   old_site verify-hub HUB SCHOOL   the same of the school's file
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "node/configuration.h"
#include "node/web/door.h"
#include "schema/sample/sample_school.h"
#include "schema/tables.h"
#include "sync/core/encoding.h"
#include "sync/net/certificate.h"
#include "sync/net/key_store.h"
#include "sync/store/replica.h"
#include "sync/web/password.h"
#include "tests/schema/released.h"

namespace zimnik::journey {
namespace {

constexpr std::uint32_t kOldVersion = 1;
constexpr std::size_t kBudget = 64 * 1024;  ///< of a message, in bytes
constexpr const char* kLocked = "locked";   ///< as that version wrote it
constexpr const char* kLockedLogin = "teacher02";
constexpr const char* kTopic = "Записано старой программой";

/// A replica with the files that it was opened with.
struct OldNode {
  explicit OldNode(const std::string& path)
      : folder{path},
        configuration(node::Configuration::load(folder).value()),
        self(net::SiteSecret::load(folder.site_key())),
        keys(folder.keys()) {}

  sync::Replica open() {
    const auto facts = net::read_certificate(configuration.enrolment.authority_pem);
    return {folder.journal(),
            journal::test::released_schema(kOldVersion),
            configuration.school(),
            facts.authority.value(),
            {configuration.enrolment.record, self.signing_copy()},
            keys.keyring()};
  }

  node::DataFolder folder;
  node::Configuration configuration;
  net::SiteSecret self;
  net::KeyStore keys;
};

/// A hub that doesn't serve, and one school of it.
struct OldHub {
  OldHub(const std::string& path, sync::SchoolId its_school)
      : folder{path}, hub(folder), school(its_school), keys(folder.keys(school)) {}

  sync::Replica open(std::uint32_t version) {
    return {folder.replica(school),
            journal::test::released_schema(version),
            school,
            hub.authority().public_key(),
            {hub.authority().certify(school, hub.self().keys(), sync::SiteKind::hub),
             hub.self().signing_copy()},
            keys.keyring()};
  }

  hub::DataFolder folder;
  hub::Hub hub;
  sync::SchoolId school;
  net::KeyStore keys;
};

sync::Time now() { return hub::system_time(); }

sync::SchoolId school_from(const std::string& hex) {
  return sync::SchoolId::from(sync::from_hex(hex).value());
}

int begin(const std::string& folder, int pupils) {
  OldNode old(folder);
  auto options = journal::sample::options_as_of(node::day_of(now()));
  options.pupils = pupils;
  options.verifier = [verifier = web::password_verifier("zimnik-sample")](const std::string&) {
    return verifier;
  };
  const journal::sample::SampleSchool school(options);
  for (const auto person : school.people()) old.keys.make_person_key(person);
  auto replica = old.open();
  // The made-up school reads with the present program's queries; the old file hasn't got these
  // tables.
  replica.database().execute(
      "CREATE TEMP TABLE lesson_work (course, date, number, work, work_type, weight, title)");
  replica.database().execute(
      "CREATE TEMP TABLE entry_review (course, date, number, pupil, work, attempt, state, reason)");
  journal::sample::fill(replica, school);
  replica.sign_heads(now());
  return 0;
}

/// What the first version had no table of its own for, and what everybody writes.
int write(const std::string& folder) {
  OldNode old(folder);
  auto replica = old.open();
  sync::Entry entry{{"teacher01", "subject_teacher", 20, "old"}, now(), {7, 1}, replica.seen()};
  replica.write(entry, [](sync::Command& command) {
    const std::string locked = kLockedLogin, topic = kTopic;
    command.database().execute("UPDATE account SET state = 'locked' WHERE login = '" + locked +
                               "'");
    command.database().execute(
        "UPDATE lesson SET topic = '" + topic +
        "' WHERE (course, date, number) = (SELECT course, date, number FROM lesson "
        "WHERE topic IS NOT NULL ORDER BY date DESC, number, course LIMIT 1)");
  });
  return 0;
}

int begin_hub(const std::string& folder, const std::string& school) {
  OldHub old(folder, school_from(school));
  const auto path = old.folder.replica(old.school);
  std::vector<sync::ListedSite> sites;
  {
    auto present = old.open(journal::journal_schema().version);
    if (!present.frontier().empty()) throw std::runtime_error("there is something in it");
    sites = present.sites();
  }
  for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  auto replica = old.open(kOldVersion);
  for (const auto& site : sites) replica.add_site(site.record);
  return 0;
}

bool pass(sync::Replica& from, const sync::SiteId& sender, sync::Replica& to,
          const sync::SiteId& receiver) {
  const auto received = to.receive(sender, from.generate(receiver, now(), kBudget), now());
  if (received.hole) std::cout << "a hole: " << received.reason << "\n";
  return received.in_step && !received.more;
}

int exchange(const std::string& node_folder, const std::string& hub_folder) {
  OldNode node(node_folder);
  OldHub hub(hub_folder, node.configuration.school());
  auto below = node.open();
  auto above = hub.open(sync::Replica::schema_version(hub.folder.replica(hub.school)));
  for (const auto& record : node.configuration.enrolment.records) below.add_site(record);
  const auto self = node.self.id(), region = hub.hub.self().id();
  above.note_reader(self);
  for (int round = 0; round < 10'000; ++round) {
    const bool there = pass(below, self, above, region), back = pass(above, region, below, self);
    if (there && back) return 0;
  }
  throw std::runtime_error("the exchange doesn't come to an end");
}

int verify(sync::Replica replica) {
  const auto faults = replica.verify();
  for (const auto& fault : faults) std::cout << fault << "\n";
  return faults.empty() ? 0 : 1;
}

int run(const std::vector<std::string>& words) {
  const auto is = [&](const char* command, std::size_t count) {
    return words.size() == count + 1 && words[0] == command;
  };
  if (is("begin", 2)) return begin(words[1], std::stoi(words[2]));
  if (is("write", 1)) return write(words[1]);
  if (is("begin-hub", 2)) return begin_hub(words[1], words[2]);
  if (is("exchange", 2)) return exchange(words[1], words[2]);
  if (is("verify", 1)) return verify(OldNode(words[1]).open());
  if (is("verify-hub", 2)) {
    return verify(OldHub(words[1], school_from(words[2])).open(kOldVersion));
  }
  std::cerr << "old_site begin | write | begin-hub | exchange | verify | verify-hub\n";
  return 2;
}

}  // namespace
}  // namespace zimnik::journey

int main(int count, char** words) {
  try {
    return zimnik::journey::run({words + 1, words + count});
  } catch (const std::exception& error) {
    std::cerr << "old_site: " << error.what() << "\n";
    return 1;
  }
}
