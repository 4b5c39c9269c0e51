#include "tests/property/message_fuzz.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "sync/core/bytes.h"
#include "sync/core/limits.h"
#include "tests/property/message_forge.h"

namespace zimnik::property {

using namespace sync;
using namespace sync::test;

namespace {

constexpr int kMessagesOfWorld = 25;

Keyring keys_of_persons() {
  auto keys = school_keyring();
  for (std::int64_t person : {1, 2, 3}) {
    keys.add_person_key(person, some_key("person " + std::to_string(person)));
  }
  return keys;
}

Setup setup() {
  Setup setup;
  setup.keys = keys_of_persons();
  return setup;
}

/// Two replicas that met and have both written since; the one holds branches of a third site's log
/// as well, which the other hasn't seen.
class FuzzWorld {
 public:
  explicit FuzzWorld(std::uint64_t seed)
      : seed_(seed),
        forge_(seed, {"a", "b", "twin"}, keys_of_persons()),
        a_("a", setup()),
        b_("b", setup()),
        twin_("twin", setup()),
        other_twin_("twin", setup()) {
    write(a_);
    write(twin_);
    write(other_twin_);
    exchange(a_, twin_);
    if (forge_.maybe(70)) exchange(a_, b_);
    exchange(a_, other_twin_);
    for (int i = 0; i < 3; ++i) write(a_);
    write(b_);
    if (forge_.maybe(50)) act(a_);
    forge_.learn(a_);
    forge_.learn(b_);
  }

  void run(FuzzCount& count) {
    INFO("ZIMNIK_FUZZ_SEED=" << seed_ << " repeats it");
    for (int i = 0; i < kMessagesOfWorld; ++i) {
      INFO("message " << i);
      give_one(count);
      if (forge_.maybe(10)) write(b_);
      if (forge_.maybe(10)) send(b_, a_, kWide);
    }
    end();
  }

 private:
  /// What an act keeps from being written isn't.
  void write(Node& node) try { write_some(node); } catch (const CommandRefused&) {
  }

  void write_some(Node& node) {
    for (auto times = 2 + forge_.number(4); times > 0; --times) {
      const auto row = std::to_string(1 + forge_.number(3)),
                 value = std::to_string(forge_.number(6));
      switch (forge_.number(6)) {
        case 0:
          node.save("INSERT OR REPLACE INTO mark (lesson, pupil, maker, value) VALUES (1, " + row +
                    ", 'm', " + value + ")");
          break;
        case 1:
          node.save("DELETE FROM mark WHERE pupil = " + row);
          break;
        case 2:
          node.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('s" + row + "', " +
                    value + ")");
          break;
        case 3:
          node.save("INSERT OR REPLACE INTO minutes (id, body) VALUES (" + row + ", 'text " +
                    value + "')");
          break;
        case 4:
          node.save("INSERT OR REPLACE INTO person (id, phone, class) VALUES (" + row + ", '+7 " +
                    value + "', '7a')");
          break;
        default:
          node.save("UPDATE mark SET value = " + value);
      }
    }
  }

  void act(Node& node) {
    switch (forge_.number(4)) {
      case 0:
        return node.act(VoidAccount{"teacher", {kMorning.ms + 3000}, Time{kMorning.ms + 9000}});
      case 1:
        return node.act(VoidSite{twin_.id(), 2, 1});
      case 2:
        return node.act(Forget{std::int64_t{1}});
      default:
        return node.vouch(Node("heir"));
    }
  }

  /// Every table as it is in the database.
  std::string state(Node& node) {
    std::string names =
        node.read("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    std::string all;
    for (std::size_t at = 0; at < names.size();) {
      const auto end = std::min(names.find('\n', at), names.size());
      const auto table = names.substr(at, end - at);
      std::string columns =
          node.read("SELECT group_concat('quote(\"' || name || '\")') FROM pragma_table_info('" +
                    table + "')");
      all += table + "\n" + node.read("SELECT " + columns + " FROM \"" + table + "\"") + "\n";
      at = end + 1;
    }
    return all;
  }

  void give_one(FuzzCount& count) {
    const auto honest = a_->generate(b_.id(), a_.now, kWide);
    const auto bytes = forge_.change(honest);
    const auto before = state(b_);
    const auto frontier = b_->frontier();
    try {
      const auto received = b_->receive(a_.id(), bytes, b_.now);
      ++(received.hole ? count.holes : count.taken);
      forge_.learn(b_);
    } catch (const Refused& refused) {
      ++count.refused;
      INFO(refused.what());
      if (state(b_) != before || b_->frontier() != frontier)
        FAIL("what was refused has changed something");
    } catch (const std::exception& error) {
      FAIL("receive() ended by " << error.what());
    }
  }

  void end() {
    come_in_step();
    for (auto* node : {&a_, &b_}) {
      for (const auto& finding : (*node)->verify()) FAIL(node->name() << ": " << finding);
    }
    write(b_);
    come_in_step();
  }

  /// Both come to hold the same, and show it. Not where so many branches of a log were made in a's
  /// name that b takes no more of them from a.
  void come_in_step() {
    std::map<LogId, std::size_t> branches;
    for (const auto& tip : b_->frontier()) {
      if (++branches[tip.log] == limits::kOwnBranches && tip.log.site == a_.id()) return;
    }
    exchange(b_, a_);
    if (a_.everything() != b_.everything()) FAIL("the two show different things");
  }

  std::uint64_t seed_;
  MessageForge forge_;
  Node a_, b_, twin_, other_twin_;
};

}  // namespace

std::uint64_t fuzz_seed(std::uint64_t otherwise) {
  const char* seed = std::getenv("ZIMNIK_FUZZ_SEED");
  return seed == nullptr ? otherwise : std::strtoull(seed, nullptr, 10);
}

FuzzCount fuzz_messages(std::uint64_t seed, int messages) {
  FuzzCount count;
  for (int given = 0; given < messages; given += kMessagesOfWorld, ++seed) {
    try {
      FuzzWorld(seed).run(count);
    } catch (const std::exception& error) {
      FAIL("ZIMNIK_FUZZ_SEED=" << seed << " repeats it: " << error.what());
    }
  }
  return count;
}

}  // namespace zimnik::property
