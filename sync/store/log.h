// The logs as they lie in the database: every leaf that this replica holds, by arrival number and
// by place. See sync/store/README.md for the tables.
//
// New leaves go to the tail, those of a commit as one row. When the tail has grown long enough its
// oldest rows are closed: a stretch of leaves, in columns and compressed, with their hashes beside
// them.
//
// A log that forked is a tree. Each branch is a line: its own leaves, and before them those of the
// line that it parted from.
//
// Changes are made in memory and written by flush(), inside the caller's SQLite transaction; after
// a rollback the caller calls reload(). One thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/batch.h"
#include "sync/core/batch_tables.h"
#include "sync/core/bytes.h"
#include "sync/core/keyring.h"
#include "sync/core/leaf.h"
#include "sync/core/log_head.h"
#include "sync/core/merkle.h"
#include "sync/core/standing.h"
#include "sync/store/database.h"
#include "sync/store/entry_ledger.h"

namespace zimnik::sync {

using Arrival = std::uint64_t;  ///< counts a replica's leaves from 1, in the order they came
using LineId = std::uint32_t;   ///< counts a replica's lines from 1

/// For people: "log SITE/shared" or "log SITE/school".
std::string name_of(const LogId& log);

/// A leaf as it is held.
struct StoredLeaf {
  LineId line = 0;
  std::uint64_t seq = 0;
  Hash hash;
  std::string bytes;                       ///< the canonical encoding
  std::optional<Transaction> transaction;  ///< with over.at as arrivals; nothing if unreadable
};

/// A branch of a log.
struct Line {
  LineId id = 0;
  LogId log;
  LineId parent = 0;       ///< 0 for the first line of a log
  std::uint64_t fork = 0;  ///< leaves up to here are the parent's
  MerkleTree tree;         ///< over all leaves on the way, the parent's too
  Blocks blocks;  ///< of it, complete; those that end at the fork or before are the parent's
  Hash tip;
  std::optional<LogHead> head;  ///< the newest of its site; of one's own lines it may be behind
  RightNodes right;             ///< of head, right of what is held

  std::uint64_t size() const { return tree.size(); }
};

/// What one writes to append: see Log::append.
struct NewLeaf {
  LineId line = 0;
  Hash hash;
  std::string bytes;
  std::optional<Transaction> transaction;
};

/// Null where it holds none, or can't be read here.
inline const Edit* edit_of(const StoredLeaf& leaf) {
  return leaf.transaction ? std::get_if<Edit>(&leaf.transaction->body) : nullptr;
}

class Log {
 public:
  Log(Database& database, const Keyring& keys);

  static void create_tables(Database& database);
  /// Forgets what wasn't flushed and reads the state again.
  void reload();
  /// Gives back the memory of stretches that were read.
  void drop_caches();
  /// Writes what was appended.
  void flush();

  Arrival last_arrival() const { return first_of_tail_ + tail_.size() - 1; }
  /// Appends to the end of a line. REQUIRES: it follows the line's tip.
  Arrival append(NewLeaf leaf);
  /// A new line: the first of its log, or one that parts from `parent` after `fork` leaves.
  LineId add_line(const LogId& log, LineId parent, std::uint64_t fork);
  void set_head(LineId line, LogHead head, RightNodes right);

  /// Throws std::runtime_error where there is no such line.
  const Line& line(LineId id) const;
  const std::vector<Line>& lines() const { return lines_; }
  /// The lines of a log, oldest first.
  std::vector<LineId> lines_of(const LogId& log) const;
  Frontier frontier() const;
  /// By line, LineId 1 first, how many leaves on the way to its tip somebody holds: becomes what
  /// follows from it for the others. What is held of a line is held of its parent up to the fork,
  /// and the other way round.
  void spread(std::vector<std::uint64_t>& held) const;

  /// The line and seq of a leaf. REQUIRES: 1 ≤ arrival ≤ last_arrival().
  std::pair<LineId, std::uint64_t> place_of(Arrival arrival) const;
  /// The leaf with this seq on the way to the line's tip; 0 where there is none.
  Arrival arrival_of(LineId line, std::uint64_t seq) const;
  Hash hash_of(Arrival arrival);
  /// Valid until another leaf is read, but for the last few thousand: those until flush().
  const StoredLeaf& leaf(Arrival arrival);
  /// The leaf of a log that has this seq and hash; 0 where it isn't held.
  Arrival find(const LogId& log, std::uint64_t seq, const std::function<bool(const Hash&)>& is);
  /// Gives each of these names of a stream its arrival, where it is held. Looks through all hashes
  /// once; not so for the school's stream, whose sealed leaves name each other by hash alone.
  void find_names(std::map<Hash, Arrival>& names, Stream stream);
  /// What sealed leaves overwrite is looked for anew: it may have come meanwhile.
  void resolve_again();
  /// A Merkle tree over the first `size` leaves on the way to the line's tip.
  MerkleTree tree_of(LineId line, std::uint64_t size);
  /// That tree's subtrees, and what is known of the line to the right of it. Valid until the log
  /// changes.
  PartialTree partial_tree(LineId line);
  /// The root of a block on the way to the line's tip. Nothing where the range isn't one.
  std::optional<Hash> block(LineId line, const Range& range) const;

  bool holds(const EntryId& entry) { return entries_.holds(entry); }
  /// A leaf as a batch takes it, on this line of its table.
  LeafView view(const StoredLeaf& leaf, std::uint32_t line) const;
  /// Teaches a batch the last leaves up to `size` on the way to the line's tip, the newest first.
  void teach(BatchTables& tables, LineId line, std::uint64_t size);
  /// Each leaf from one arrival to another, both included.
  void for_each(Arrival from, Arrival to,
                const std::function<void(Arrival, const StoredLeaf&)>& use);
  const Keyring& keys() const { return keys_; }

 private:
  struct Run {
    Arrival arrival;  ///< of its first leaf
    LineId line;
    std::uint64_t seq;  ///< of its first leaf
  };
  struct Stretch {
    std::vector<StoredLeaf> leaves;
    std::size_t bytes = 0;  ///< of them
  };

  void load_lines();
  void require_place(const Line& line) const;
  void require_forks() const;
  void load_blocks();
  void keep_block(Line& line, const std::optional<Hash>& completed);
  void flush_blocks();
  void load_runs();
  void load_tail();
  void load_leaf(Reader& reader);
  void save_line(const Line& line);
  std::pair<std::string, std::string> pack_stretch(std::size_t count) const;
  void save_tail();
  std::size_t saved_leaves() const;
  std::size_t stretch_size() const;
  void close_stretch(std::size_t count);
  void drop_from_tail(std::size_t count);
  void add_run(Arrival arrival, LineId line, std::uint64_t seq);
  const Run& run_of(Arrival arrival) const;
  Arrival run_end(std::size_t run) const;
  const std::string& stretch_hashes(Arrival first);
  const Stretch& stretch(Arrival first);
  const Stretch& open(Arrival first, Stretch stretch);
  Arrival stretch_of(Arrival arrival) const;
  StoredLeaf stored_leaf(BatchLeaf leaf, const LeafPlace& place, LineId line, const Hash& hash);
  Arrival find_sealed(const Hash& hash);
  template <class Leaves>
  void resolve_overs(Leaves& leaves);

  Database& database_;
  const Keyring& keys_;
  std::vector<Line> lines_;
  std::vector<bool> changed_lines_;
  std::vector<std::pair<LineId, std::uint64_t>> unsaved_blocks_;
  std::map<LogId, std::vector<LineId>> by_log_;
  std::vector<Run> runs_;
  std::vector<std::vector<std::size_t>> runs_of_line_;  ///< indexes into runs_, by seq
  std::size_t saved_runs_ = 0;
  std::vector<Arrival> stretches_;  ///< first arrivals
  Arrival first_of_tail_ = 1;
  std::deque<StoredLeaf> tail_;
  std::size_t tail_bytes_ = 0;     ///< of its leaves
  std::deque<std::size_t> saved_;  ///< leaves of each of the tail's rows, the oldest first

  // Caches of closed stretches: the most recently used first.
  std::list<std::pair<Arrival, Stretch>> open_stretches_;
  std::list<std::pair<Arrival, std::string>> open_hashes_;
  EntryLedger entries_;
};

/// Of sealed leaves nothing in the database says what they overwrite but the names in them.
template <class Leaves>
void Log::resolve_overs(Leaves& leaves) {
  const auto for_each_unresolved = [&](const auto& use) {
    for (auto& leaf : leaves) {
      if (!leaf.transaction || line(leaf.line).log.stream != Stream::school) continue;
      for_each_over(*leaf.transaction, [&](Over& over) {
        if (over.at == 0) use(over);
      });
    }
  };
  std::map<Hash, Arrival> names;
  for_each_unresolved([&](const Over& over) { names.emplace(over.leaf, 0); });
  find_names(names, Stream::school);
  for_each_unresolved([&](Over& over) { over.at = names.at(over.leaf); });
}

}  // namespace zimnik::sync
