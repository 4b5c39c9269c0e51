// A certified site whose messages are made by hand: it signs what an honest one would never write.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/batch_tables.h"
#include "sync/core/leaf.h"
#include "sync/core/merkle.h"
#include "tests/sync/store/town.h"

namespace zimnik::sync::test {

/// Its shared log, leaf by leaf, and messages of it. An `over` of the log itself is named by its
/// seq in `at`, which stands for its place; with 0 there it is named by its hash.
class Forger {
 public:
  explicit Forger(std::string name) : name_(std::move(name)) {}

  SiteId id() const { return site_record(name_).keys.id(); }
  LogId log() const { return {id(), Stream::shared}; }
  /// A clear edit, in columns.
  Hash add(Transaction edit);
  /// In bytes as they are: an act, say.
  Hash add_raw(const Transaction& transaction);
  /// Whatever stands behind the header of a leaf.
  Hash add_bytes(std::string raw, std::uint8_t format = kLeafFormat);
  Hash name_of(std::uint64_t seq) const { return names_.at(seq - 1); }
  std::uint64_t size() const { return names_.size(); }

  /// What was added since the last message. `extra` changes it before it is encoded.
  std::string message(const std::function<void(Message&)>& extra = nullptr);
  /// Goes back to a seq: what is added next is another branch.
  void fork(std::uint64_t seq);

 private:
  struct Leaf {
    std::optional<Transaction> edit;
    std::string raw;
    std::uint8_t format = kLeafFormat;
  };
  LeafPlace place() const;
  void append(Leaf leaf, const std::string& bytes);

  std::string name_;
  std::deque<Leaf> leaves_;
  std::vector<Hash> names_;
  std::vector<std::size_t> lengths_;
  MerkleTree tree_;
  std::uint64_t sent_ = 0;
};

/// An edit by the hostile site's author, each with an entry of its own.
Transaction forged_edit(std::vector<RowWrite> rows, std::uint64_t number);

}  // namespace zimnik::sync::test
