#include "tests/corpus/story.h"

#include <algorithm>
#include <filesystem>

#include "sync/core/leaf.h"
#include "tests/corpus/describe.h"
#include "tests/sync/store/generations.h"

namespace zimnik::corpus {

using nlohmann::json;
using namespace sync;
using namespace sync::test;

namespace {

constexpr std::size_t kNarrow = 400;  ///< bytes: less than what there is to send
constexpr const char* kSites[] = {"reader", "main", "branch", "successor", "hub"};

Setup setup_of(const std::string& path = ":memory:") {
  auto setup = of_generation(kGeneration, path);
  setup.keys = story_cast().keyring();
  return setup;
}

/// A site that passes on what it can't read.
Setup hub_setup() {
  auto setup = of_generation(kGeneration);
  setup.keys = {};
  setup.kind = SiteKind::hub;
  return setup;
}

class Teller {
 public:
  Teller() {
    greet();
    edit();
    relay();
    countersign();
    succeed();
    act();
    rotate();
    fork();
    finish();
  }
  Story story;

 private:
  void to_reader(Node& from, const std::string& name, std::size_t budget = kWide) {
    const auto message = from->generate(reader_.id(), from.now, budget);
    const auto received = reader_->receive(from.id(), message, reader_.now);
    story.messages.push_back({name, from.name(), message, received});
  }
  void from_reader(Node& to, const std::string& name) {
    const auto message = reader_->generate(to.id(), reader_.now, kWide);
    to->receive(reader_.id(), message, to.now);
    story.messages.push_back({name, reader_.name(), message});
  }
  /// Until the reader has all.
  void rest(Node& from, const std::string& name, std::size_t budget = kWide) {
    do {
      from_reader(from, name + "-asked");
      to_reader(from, name, budget);
    } while (!story.messages.back().received->in_step);
  }

  void greet() {
    main_.save(
        "INSERT INTO mark (lesson, pupil, maker, value, comment, note, kind) VALUES "
        "(1, 1, 'ann', 5, 'за ответ', 'one', 'test'), (1, 2, 'ann', -4, NULL, NULL, NULL)");
    main_.save("INSERT INTO person (id, phone, class) VALUES (1, '555-0100', '5A')");
    main_.save("INSERT INTO minutes (id, body, signed_by) VALUES (1, 'met', 'head')");
    to_reader(main_, "first-contact");
    rest(main_, "full-standing");
  }
  void edit() {
    main_.save("UPDATE mark SET value = 4, kind = NULL WHERE pupil = 1");
    main_.save("INSERT INTO person (id, phone, class) VALUES (2, '555-0102', '5B')");
    main_.save("DELETE FROM mark WHERE pupil = 2", {"ben", 60});
    main_->batch([&] {
      for (int pupil = 10; pupil < 60; ++pupil) {
        main_.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (2, " +
                   std::to_string(pupil) + ", 'ann', " + std::to_string(pupil % 4 + 2) + ")");
      }
    });
    rest(main_, "cut", kNarrow);
    main_.save("INSERT INTO mark (lesson, pupil, maker, value) VALUES (3, 1, 'ann', 3)");
    to_reader(main_, "one-mark");
  }
  /// Another site's leaves, sealed and enciphered, come by way of one that has no keys.
  void relay() {
    exchange(main_, branch_);
    branch_.save("UPDATE person SET phone = '555-0111' WHERE id = 1");
    branch_.save("INSERT INTO minutes (id, body) VALUES (2, 'sat')");
    branch_.save("INSERT INTO address (person, street, house) VALUES (1, 'Мира', '7')");
    branch_.save("INSERT INTO notice (id, body, till) VALUES (1, 'closed', 'friday')");
    branch_->batch([&] {
      for (int id = 3; id < 20; ++id) {
        const auto text = std::to_string(id);
        branch_.save("INSERT INTO minutes (id, body) VALUES (" + text + ", 'met " + text + "')");
      }
    });
    exchange(branch_, hub_);
    rest(hub_, "relayed", kNarrow);
  }
  /// The hub and the reader read messages of version 2: the hub says how far it holds each log.
  void countersign() {
    hub_->note_reader(reader_.id());
    reader_->note_reader(hub_.id());
    main_.save("UPDATE person SET phone = '555-0122' WHERE id = 1");
    main_.save("UPDATE mark SET comment = 'за работу' WHERE lesson = 1 AND pupil = 1");
    rest(main_, "before-receipts");
    branch_.save("INSERT INTO minutes (id, body) VALUES (20, 'met 20')");
    exchange(branch_, hub_);
    from_reader(hub_, "notes");
    to_reader(hub_, "receipts");
  }
  void succeed() {
    branch_.vouch(successor_);
    exchange(branch_, successor_);
    successor_.save("INSERT INTO homework (lesson, content, due) VALUES (1, 'read', 'monday')");
    rest(successor_, "succession");
  }
  void act() {
    exchange(main_, branch_);
    main_.save("UPDATE mark SET value = 2 WHERE lesson = 3", {"cat", 50});
    main_.act(VoidAccount{"cat", kMorning, Time{kMorning.ms + 1'000'000'000}});
    main_.act(VoidAccount{"dan", kMorning, {}});
    rest(main_, "acts");
    main_.act(Revoke{last_act(main_)});
    main_.act(Forget{std::int64_t{2}});
    main_.act(VoidSite{hub_.id(), 1, 1});
    rest(main_, "more-acts");
  }
  /// The hub was revoked: who learns of it seals under a new key.
  void rotate() {
    const auto key = next_school_key();
    main_->seal_under(id_of(key.key));
    main_.save("INSERT INTO minutes (id, body) VALUES (40, 'under the new key')");
    rest(main_, "rotated");
  }
  /// A copy of the main node's file goes on beside it.
  void fork() {
    main_.close();
    std::filesystem::copy(directory_.file("main.db"), directory_.file("twin.db"));
    main_.open();
    Node twin("main", setup_of(directory_.file("twin.db")));
    twin.now.ms = main_.now.ms + 500;
    main_.save("UPDATE mark SET note = 'here' WHERE lesson = 1");
    twin.save("UPDATE mark SET note = 'there' WHERE lesson = 1");
    rest(main_, "before-the-fork");
    rest(twin, "fork");
  }
  void finish() {
    const auto keys = story_cast().keyring();
    reader_->for_each_leaf([&](auto, const Hash&, const LeafPlace& place, const Transaction* it) {
      if (it != nullptr) story.leaves.push_back(encode_leaf(place, *it, keys));
    });
    const Key key = key_of({std::int64_t{1}});
    for (const bool with_keys : {false, true}) {
      story.proofs.push_back(encode_proof(reader_->prove("person", key, "", with_keys).proof));
    }
    const auto tables = describe_tables(reader_->database(), generation(kGeneration));
    story.end = describe_end(*reader_, tables);
  }

  TemporaryDirectory directory_;
  Node reader_{"reader", setup_of()};
  Node main_{"main", setup_of(directory_.file("main.db"))};
  Node branch_{"branch", setup_of()};
  Node successor_{"successor", setup_of()};
  Node hub_{"hub", hub_setup()};
};

}  // namespace

NewKey next_school_key() { return {std::nullopt, some_key("school, next")}; }

Cast story_cast() {
  Cast cast;
  cast.school = site_record("main").school;
  cast.authority = site_key("authority").public_key();
  cast.keys.push_back({std::nullopt, some_key("school")});
  cast.keys.push_back(next_school_key());
  for (std::int64_t person = 1; person <= 2; ++person) {
    cast.keys.push_back({person, some_key("person " + std::to_string(person))});
  }
  for (const std::string name : kSites) {
    cast.records[name] = site_record(name, name == "hub" ? SiteKind::hub : SiteKind::node);
    cast.seeds[name] = site_key(name).seed();
  }
  return cast;
}

Story tell_story() { return std::move(Teller().story); }

json describe_end(Replica& replica, const json& tables) {
  json tips = json::array(), listed = json::array();
  for (const auto& tip : replica.frontier()) tips.push_back({tip.size, tip.leaf.hex()});
  for (const auto& item : replica.listed()) {
    json key = json::array();
    for (const auto& value : key_values(item.key)) key.push_back(describe(value));
    listed.push_back({item.table, key, item.group, static_cast<int>(item.reason)});
  }
  std::sort(listed.begin(), listed.end());
  json end{{"frontier", tips},
           {"listed", listed},
           {"tables", describe_tables(replica.database(), tables)},
           {"faults", replica.verify()}};
  json receipts = json::array();
  auto query = replica.database().prepare("SELECT size, time FROM zimnik_receipt ORDER BY 1, 2");
  while (query.step()) receipts.push_back({query.integer(0), query.integer(1)});
  if (!receipts.empty()) end["receipts"] = std::move(receipts);
  return end;
}

}  // namespace zimnik::corpus
