// The rows of the domain's tables as the fold of the log.
//
// A row is plain where its table says all about it: it is shown, and each of its cells has one head
// and no void top, which the `<group>_version` column names. Of any other row — a conflict, a dead
// or orphaned one, void tops, groups that this version doesn't know — zimnik_head holds all heads
// and void tops, and zimnik_listed what people should look at. Nearly all rows are plain, and are
// written by one statement; the others are folded anew from the log.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sync/core/row.h"
#include "sync/store/judge.h"
#include "sync/store/listed.h"
#include "sync/store/log.h"
#include "sync/store/row_table.h"
#include "sync/store/versions.h"

namespace zimnik::sync {

/// Where the history of a cell begins, read backwards.
struct Roots {
  std::vector<Arrival> heads;
  std::vector<Arrival> void_tops;

  std::vector<Arrival> all() const;
};

using CellRoots = std::map<std::uint32_t, Roots>;  ///< by group

class Rows {
 public:
  Rows(Database& database, const Schema& schema, Log& log, const Judge& judge);

  static void create_tables(Database& database);
  /// Empties all tables, to fold everything anew.
  void clear();
  void reload();

  /// Folds in the edits of a leaf that was appended. What isn't written by one statement waits for
  /// finish(): however many leaves write one row, it is folded once.
  void take(Arrival arrival, const StoredLeaf& leaf);
  void finish();
  /// The same for a row written here, which the command's SQL has left in its table with these
  /// versions (none where it is gone). `before` is what its cells were before that.
  void take_own(Arrival arrival, const StoredLeaf& leaf, const RowWrite& row,
                const CellRoots& before, std::span<const Arrival> versions);
  /// Folds a row anew, after what is void has changed.
  void refold(const Table& table, const Key& key);

  CellRoots roots(const Table& table, const Key& key);
  /// The same for a row of which the table held this before.
  CellRoots roots(const Table& table, const Key& key, const std::optional<RowImage>& row);
  RowFold::State state(const Table& table, const Key& key);
  std::vector<HistoryItem> history(const CellName& cell);
  std::vector<Listed> listed();
  /// Leaves with an `over` that names no version of its cell, seen since the last call.
  std::vector<Arrival> take_odd_overs() { return std::exchange(odd_overs_, {}); }

  RowTable& table(std::uint32_t id) { return *tables_.at(id); }
  Versions& versions() { return versions_; }

 private:
  using Cells = std::map<std::uint32_t, Cell>;

  bool is_void(const StoredLeaf& leaf) const;
  bool is_plain(std::uint32_t table, const Key& key) const;
  void wait(Arrival arrival, Stream stream, const Table& table, const RowWrite& row);
  bool take_quickly(Arrival arrival, const RowWrite& row, RowTable& table);
  void take_slowly(Arrival arrival, const StoredLeaf& leaf, const RowWrite& row, CellRoots roots);
  bool settle(Arrival arrival, const RowWrite& row, const CellRoots& before,
              std::span<const Arrival> versions);
  Cells cells(const Table& table, const Key& key, const CellRoots& roots);
  void fold(const Table& table, const Key& key, const CellRoots& roots);
  void save(const Table& table, const Key& key, const RowFold& fold, const Cells& cells);
  void save_heads(const Table& table, const Key& key, const RowFold& fold, const Cells& cells);
  void list(const Table& table, const Key& key, std::uint32_t group, Listed::Reason reason);

  Database& database_;
  const Schema& schema_;
  Log& log_;
  const Judge& judge_;
  Versions versions_;
  std::map<std::uint32_t, std::unique_ptr<RowTable>> tables_;
  /// Hashes of rows that may have entries in zimnik_head: those that aren't here are plain.
  std::unordered_set<std::size_t> not_plain_;
  std::map<std::pair<std::uint32_t, Key>, CellRoots> waiting_;  ///< for finish()
  std::vector<Arrival> odd_overs_;
};

}  // namespace zimnik::sync
