// The merge of one cell: a multi-value register. Laws 1 and 6.
//
// A version overwrites those that its `over` names and, through them, all that they overwrote.
// A version that isn't void is a head unless another that isn't void reaches it; the way may lead
// through void ones. Void versions are never heads, but their `over` counts on the way.
//
//   candidates   what may be shown: the heads that aren't tombstones. Where all heads are
//                tombstones, what lies beneath: the values (not void, not tombstones) that no
//                other such value reaches.
//   void tops    the void versions that nothing reaches. From heads and void tops, `over` leads
//                to every version that the cell ever had.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sync/core/policy.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// One version as the fold sees it.
struct Version {
  std::uint64_t at = 0;             ///< its name here; positive, nearly always in causal order
  std::vector<std::uint64_t> over;  ///< names of versions of the same cell
  bool is_void = false;
  bool is_tombstone = false;
  bool is_erased = false;  ///< holds values of a forgotten person
  std::uint16_t rank = 0;
  Stamp stamp;
  std::vector<Value> values;  ///< what is to be compared and shown; as many as columns

  Candidate candidate() const { return {stamp, rank, values}; }
};

/// Indexes into the versions that were folded, ascending.
struct CellFold {
  std::vector<std::size_t> heads;
  std::vector<std::size_t> void_tops;
  std::vector<std::size_t> candidates;
};

/// A pure function of the set: the order of `versions` makes no difference but to the indexes.
/// REQUIRES: no name twice. An `over` that names none of them is passed over.
CellFold fold_cell(std::span<const Version> versions);

/// The index of the shown one among `versions`. REQUIRES: there is a candidate.
std::size_t shown(std::span<const Version> versions, const CellFold& fold, const Policy& policy);
/// Whether the candidates differ in values.
bool is_conflict(std::span<const Version> versions, const CellFold& fold);

}  // namespace zimnik::sync
