// Who plays edits: raw SQLite, and a replica.
#pragma once

#include <map>
#include <span>
#include <string>

#include "sync/store/replica.h"
#include "tests/bench/year_schema.h"

namespace zimnik::bench {

/// The same rows and keys in plain tables, by the same prepared statements: no capture, no log.
class RawPlayer {
 public:
  explicit RawPlayer(const std::string& path);
  void begin() { database_.prepared("BEGIN IMMEDIATE").run(); }
  void commit() { database_.prepared("COMMIT").run(); }
  void play(const Edit& edit);

 private:
  sync::Database database_;
  std::map<const char*, sync::Statement*> statements_;
};

/// One line is one transaction, of one page for each user and day.
class ReplicaPlayer {
 public:
  explicit ReplicaPlayer(sync::Replica& replica) : replica_(replica) {}
  void play(const Edit& edit);
  /// So many transactions to a commit.
  void play(std::span<const Edit> edits, std::size_t in_one_commit);

 private:
  sync::Replica& replica_;
  std::map<std::pair<std::string, std::int64_t>, sync::EntryId> pages_;  ///< by user and day
  std::map<const char*, sync::Statement*> statements_;
};

}  // namespace zimnik::bench
