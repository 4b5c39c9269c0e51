#include "sync/core/row.h"

#include <algorithm>

namespace zimnik::sync {
namespace {

RowFold::State state_of(const Table& table, const RowFold& fold, bool any_head, bool any_live) {
  if (!any_head) return RowFold::State::absent;
  if (!any_live) return RowFold::State::dead;
  if (table.identifying) {
    const auto cell = fold.cells.find(*table.identifying);
    if (cell == fold.cells.end() || cell->second.heads.empty()) return RowFold::State::orphaned;
  }
  return RowFold::State::live;
}

bool contains(const std::vector<std::size_t>& sorted, std::size_t index) {
  return std::binary_search(sorted.begin(), sorted.end(), index);
}

}  // namespace

const char* name_of(Status status) {
  static constexpr const char* kNames[] = {"unfolded", "void",        "erased",
                                           "orphaned", "deleted",     "shown",
                                           "equal",    "conflicting", "superseded"};
  return kNames[static_cast<std::size_t>(status)];
}

RowFold fold_row(const Table& table, const std::map<std::uint32_t, Cell>& cells) {
  RowFold fold;
  bool any_head = false, any_live = false, any_tombstone = false;
  for (const auto& [group, cell] : cells) {
    const auto& folded = fold.cells[group] = fold_cell(cell.versions);
    for (auto head : folded.heads) {
      any_head = true;
      (cell.versions[head].is_tombstone ? any_tombstone : any_live) = true;
    }
  }
  fold.state = state_of(table, fold, any_head, any_live);
  fold.deleted_but_edited = fold.state == RowFold::State::live && any_tombstone;
  return fold;
}

std::vector<Status> classify(const RowFold& row, std::uint32_t group, const Cell& cell,
                             const Policy* policy) {
  const auto& fold = row.cells.at(group);
  const bool shows = row.state == RowFold::State::live && cell.known && !fold.candidates.empty();
  const std::size_t shown_index = shows ? shown(cell.versions, fold, *policy) : 0;
  std::vector<Status> result;
  for (std::size_t i = 0; i < cell.versions.size(); ++i) {
    const auto& version = cell.versions[i];
    const auto status = [&] {
      if (!cell.known) return Status::unfolded;
      if (version.is_void) return Status::is_void;
      if (version.is_erased) return Status::erased;
      if (row.state == RowFold::State::orphaned) return Status::orphaned;
      if (row.state != RowFold::State::live) return Status::deleted;
      if (version.is_tombstone && contains(fold.heads, i)) return Status::deleted;
      if (!shows || !contains(fold.candidates, i)) return Status::superseded;
      if (i == shown_index) return Status::shown;
      return version.values == cell.versions[shown_index].values ? Status::equal
                                                                 : Status::conflicting;
    }();
    result.push_back(status);
  }
  return result;
}

}  // namespace zimnik::sync
