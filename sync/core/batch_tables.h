// The tables that a batch's columns point into: who wrote, what the rows look like, which long
// numbers there are. They begin with what its history has taught: leaves that both ends hold. See
// sync/PROTOCOL.md, "History".
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sync/core/batch_shape.h"
#include "sync/core/columns.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// The format of the leaves that a history is made of: who can read later ones must learn the same
/// as who can't.
inline constexpr std::uint8_t kHistoryFormat = 1;

/// Which lines of a message's table have a history: of those that bring leaves the first of each
/// log, in the order of the table, as long as it is clear and has leaves before.
class HistoryLines {
 public:
  /// REQUIRES: called once for each line that brings leaves, in their order.
  bool have(const LogId& log, std::uint64_t from);

 private:
  std::set<LogId> seen_;
  std::size_t taken_ = 0;
};

class BatchTables {
 public:
  /// Learns from an edit of the history. Who reads a batch has to be taught the same in the same
  /// order as who wrote it. What is over the bounds of limits::kHistory… isn't learnt.
  void learn(const Transaction& edit);

  /// Its number; added where it isn't known yet.
  std::size_t number_of(const Origin& origin);
  std::size_t number_of_shape(const RowWrite& row);
  void add(const RowShape& shape) { shapes_.push_back(shape); }
  void add(Origin origin) { origins_.push_back(std::move(origin)); }

  const std::vector<Origin>& origins() const { return origins_; }
  const std::vector<RowShape>& shapes() const { return shapes_; }
  IntegerPool& pool() { return pool_; }
  /// What a compressor can expect strings to be like.
  std::string_view text() const { return text_; }

 private:
  void learn(const ValueView& value);

  std::vector<Origin> origins_;
  std::map<Origin, std::size_t> origin_numbers_;
  std::vector<RowShape> shapes_;
  std::unordered_multimap<std::size_t, std::size_t> shape_numbers_;  ///< by shape_hash
  IntegerPool pool_;
  std::string text_;
  std::unordered_set<std::string, SeededHash> texts_;
};

}  // namespace zimnik::sync
