// Logs and messages made by hand, as a site of another version, or a broken one, would make them.
#pragma once

#include <string>
#include <vector>

#include "tests/sync/store/town.h"

namespace zimnik::sync::test {

/// A row that writes one value to group 1.
RowWrite row(std::uint32_t table, Key key, Value value, std::vector<Over> over = {});
Key text_key(const char* text);

/// A site's log. A copy of one is its twin: it parts from the other where they go on differently.
class Hand {
 public:
  explicit Hand(const std::string& name, Stream stream = Stream::shared);

  SiteId id() const { return log_.site; }
  std::uint64_t size() const { return leaves_.size(); }
  /// Each gives the leaf's name.
  Hash edit(std::vector<RowWrite> rows);
  Hash edit_out_of_order(std::vector<RowWrite> rows);
  /// What an edit of these rows would be, if the format weren't a later one.
  Hash of_later_format(std::vector<RowWrite> rows);
  Hash of_later_format(std::string content);

 private:
  friend Message message_of(const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
                            const PlaceOf& place_of);
  struct Made {
    std::uint8_t format;
    Transaction edit;
    std::string content;  ///< all but the header
    Hash hash;
  };
  Transaction edit_of(std::vector<RowWrite> rows) const;
  Hash add(Made leaf);

  std::string name_;
  LogId log_;
  std::vector<Made> leaves_;
};

/// Brings of each its leaves from there on, one line after the other. What a leaf overwrites is
/// named by `place_of`: as it stands, by hash.
Message message_of(
    const std::vector<std::pair<const Hand*, std::uint64_t>>& lines,
    const PlaceOf& place_of = [](const Over&) { return std::optional<Place>(); });
Received send(const Message& message, Node& to);
Received send(const Hand& hand, Node& to);

}  // namespace zimnik::sync::test
