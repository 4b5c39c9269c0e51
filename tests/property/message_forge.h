// Changes messages for the fuzz tests.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sync/core/batch_tables.h"
#include "tests/sync/store/town.h"

namespace zimnik::property {

class MessageForge {
 public:
  /// `site_names` are those of the sites whose keys it signs with.
  MessageForge(std::uint64_t seed, std::vector<std::string> site_names, sync::Keyring keys);

  /// What the sender of messages holds: what their lines go on from.
  void learn(sync::test::Node& sender);
  /// The message with something changed in it.
  std::string change(const std::string& bytes);
  bool maybe(int percent) { return number(100) < static_cast<std::uint64_t>(percent); }
  std::uint64_t number(std::uint64_t below) { return below == 0 ? 0 : dice_() % below; }

 private:
  struct Held {
    sync::LeafPlace place;
    std::size_t bytes = 0;
    std::optional<sync::Transaction> transaction;
  };
  /// Where a line of a message stands: the names of all its leaves so far.
  using Ways = std::vector<std::vector<sync::Hash>>;

  void change_bytes(std::string& bytes);
  void change_fields(sync::Message& message);
  void change_line(sync::Message& message);
  void change_standing(sync::Message& message);
  void change_parts(sync::Message& message);
  void change_leaves(sync::Message& message);
  void change_transaction(sync::Transaction& transaction);
  void change_cell(sync::CellWrite& cell);
  sync::Value some_value();
  std::int64_t some_number();
  std::optional<std::vector<sync::Hash>> way_to(const sync::MessageLine& line,
                                                const Ways& others) const;
  std::optional<Ways> ways(const sync::Message& message) const;
  sync::BatchTables history(const sync::Message& message) const;
  std::vector<sync::BatchLeaf> read(const sync::Message& message, Ways& ways) const;
  void sign(sync::Message& message) const;

  std::mt19937_64 dice_;
  std::map<sync::SiteId, std::string> names_;
  sync::Keyring keys_;
  std::map<sync::Hash, Held> held_;
};

}  // namespace zimnik::property
