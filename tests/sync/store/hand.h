// Logs and messages made by hand, as a site of another version, a broken one, or one that has gone
// bad would make them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/core/leaf.h"
#include "tests/sync/store/town.h"

namespace zimnik::sync::test {

/// A row that writes one value to group 1.
RowWrite row(std::uint32_t table, Key key, Value value, std::vector<Over> over = {});
Key text_key(const char* text);
/// An edit by mallory, each number with a time and an entry of its own.
Transaction edit_of(std::vector<RowWrite> rows, std::uint64_t number);

/// A certified site's log, leaf by leaf. A copy of one is its twin: it parts from the other where
/// they go on differently. An `over` with a seq of the log itself in `at` is named by that place;
/// with 0 there it is named by its hash.
class Hand {
 public:
  explicit Hand(const std::string& name, Stream stream = Stream::shared);

  SiteId id() const { return log_.site; }
  std::uint64_t size() const { return leaves_.size(); }
  Hash name_of(std::uint64_t seq) const { return leaves_.at(seq - 1).hash; }

  /// Each gives the leaf's name. An edit goes in columns where the stream is in the clear.
  Hash add(Transaction edit);
  Hash add_out_of_order(Transaction edit);
  Hash edit(std::vector<RowWrite> rows) { return add(edit_of(std::move(rows), size() + 1)); }
  /// In bytes as they are: an act, say, or what a later format made of it.
  Hash add_raw(const Transaction& transaction, std::uint8_t format = kLeafFormat);
  /// Whatever stands behind the header of a leaf.
  Hash add_bytes(std::string content, std::uint8_t format = kLeafFormat);

  /// What was added since the last message.
  std::string message();
  /// Goes back to a seq: what is added next is another branch.
  void fork(std::uint64_t seq);

 private:
  friend Message message_of(const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
                            const PlaceOf& place_of);
  struct Made {
    std::uint8_t format;
    std::optional<Transaction> edit;  ///< in columns
    std::string content;              ///< all but the header, where it isn't in columns
    Hash hash;
    std::size_t length;
  };
  Hash append(std::uint8_t format, const Transaction* edit, std::string content);
  void teach(BatchTables& history, std::uint64_t from) const;

  std::string name_;
  LogId log_;
  std::vector<Made> leaves_;
  std::uint64_t sent_ = 0;
};

/// A place in the message's first line, where the edit says one.
std::optional<Place> place_in_first(const Over& over);
/// Brings of each its leaves from there on, one line after the other.
Message message_of(const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
                   const PlaceOf& place_of = place_in_first);
Received send(const Message& message, Node& to);
Received send(const Hand& hand, Node& to);

}  // namespace zimnik::sync::test
