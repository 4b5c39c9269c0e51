// A random region: a handful of replicas of one school that write, forget, exchange over a road
// that loses and repeats messages, get upgraded, copied, rolled back and succeeded, and are held
// against the naive model after every step.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/property/dice.h"
#include "tests/property/peer_check.h"
#include "tests/property/random_command.h"
#include "tests/property/region_schema.h"

namespace zimnik::property {

/// How often what has a schema met what has one so many versions newer or older.
struct VersionsMet {
  std::array<int, kNewestSchema> exchanged{};  ///< messages that brought something
  std::array<int, kNewestSchema> upgraded{};   ///< replicas that were started again
};

class Region {
 public:
  /// The first dice decide how many replicas there are, of what kind, with which keys.
  explicit Region(const Step& setting);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  /// Something happens at one of the replicas. Fails the property if that breaks a law.
  void take(const Step& step);
  /// Exchanges until all hold the same, and fails the property if they don't show the same or if
  /// anything was lost.
  void settle();
  /// How many versions of each status the replicas have, together.
  std::map<sync::Status, int> statuses() const;
  /// How much they list after acts, together.
  Reviewed reviewed() const;
  const VersionsMet& versions_met() const { return met_; }

 private:
  struct Message {
    sync::SiteId from, to;
    std::uint32_t schema_version;  ///< the sender's
    std::size_t receiver;
    std::string bytes;
  };
  /// What became of a message on the road.
  enum class Road : std::uint8_t { arrives, is_lost, arrives_twice, is_late };

  void add_peer(SiteOfRegion site, Dice& dice);
  sync::Keyring keyring(std::size_t number, Dice& dice) const;

  // -- at one replica; region.cpp
  void save(Peer& peer, Dice& dice);
  void save_again(Peer& peer, Dice& dice);
  void act(Peer& peer, Dice& dice);
  Page& some_page(Peer& peer, Dice& dice);
  sync::Entry entry(Page& page, Dice& dice);
  decltype(sync::Act::what) some_act(const Peer& peer, Dice& dice);
  /// Runs the write and gives the leaves that it made. Those that it refuses must change nothing;
  /// then there is no answer.
  struct Outcome {
    std::optional<sync::Saved> answer;
    std::vector<model::Arrived> written;
    bool refused = false;  ///< by the engine, and not by SQLite
  };
  Outcome attempt(Peer& peer, const std::function<sync::Saved()>& write);

  // -- what happens to replicas and sites; region_sites.cpp
  void reopen(Peer& peer, Dice& dice);
  void copy(Peer& peer);
  void become(Peer& peer, Dice& dice);
  void go_on(Peer& peer, SiteOfRegion site, bool is_vouched_for, Dice& dice);
  void roll_back(Peer& peer, Dice& dice);
  void vouch(Peer& peer, Dice& dice);
  bool vouch_for(Peer& peer, const SiteOfRegion& site, Dice& dice);
  void enrol(std::size_t which);
  void enrol_strangers();
  std::size_t index_of(const Peer& peer) const;

  // -- between two; region_exchange.cpp
  void exchange(Peer& peer, Dice& dice);
  void deliver_late(Dice& dice);
  void send(std::size_t from, std::size_t to, std::size_t budget, Road road);
  std::optional<sync::Received> deliver(const Message& message);
  void bring_in_step(std::size_t one, std::size_t other);
  void exchange_what_goes(std::size_t one, std::size_t other);
  sync::Received pass(std::size_t from, std::size_t to);
  bool all_hold_the_same() const;

  sync::Time now() const { return {clock_}; }
  std::string name(const Peer& peer) const;

  School school_;
  std::filesystem::path directory_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::vector<Message> late_;
  std::set<sync::Hash> written_;           ///< every leaf that was ever made, and isn't lost
  std::vector<SiteOfRegion> uncertified_;  ///< sites that the authority hasn't signed, yet
  std::vector<SiteOfRegion> enrolled_;     ///< that it has signed since
  std::vector<sync::Entry> entries_;
  VersionsMet met_;
  std::int64_t clock_ = 1'700'000'000'000;
  std::uint32_t sites_ = 0;
  std::uint64_t pages_ = 0;
  std::size_t settling_budget_;
};

}  // namespace zimnik::property
