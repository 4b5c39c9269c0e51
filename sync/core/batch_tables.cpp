#include "sync/core/batch_tables.h"

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// Shorter strings cost a compressor as much to point to as to say.
constexpr std::size_t kTextWorthLearning = 4;

}  // namespace

bool HistoryLines::have(const LogId& log, std::uint64_t from) {
  const bool is_first = seen_.insert(log).second;
  if (!is_first || from == 0 || log.stream != Stream::shared || taken_ == limits::kHistoryLogs) {
    return false;
  }
  ++taken_;
  return true;
}

std::size_t BatchTables::number_of(const Origin& origin) {
  const auto [it, is_new] = origin_numbers_.try_emplace(origin, origins_.size());
  if (is_new) origins_.push_back(origin);
  return it->second;
}

std::size_t BatchTables::number_of_shape(const RowWrite& row) {
  const auto hash = shape_hash(row);
  const auto [from, to] = shape_numbers_.equal_range(hash);
  for (auto it = from; it != to; ++it) {
    if (has_shape(row, shapes_[it->second])) return it->second;
  }
  shape_numbers_.emplace(hash, shapes_.size());
  shapes_.push_back(shape_of(row));
  return shapes_.size() - 1;
}

void BatchTables::learn(const ValueView& value) {
  if (value.tag == ValueTag::integer && IntegerPool::takes(value.number) &&
      pool_.numbers().size() < limits::kHistoryNumbers) {
    pool_.index_of(value.number);
  }
  if (value.tag != ValueTag::text || value.bytes.size() < kTextWorthLearning) return;
  if (text_.size() + value.bytes.size() > limits::kHistoryBytes) return;
  if (texts_.emplace(value.bytes).second) text_ += value.bytes;
}

void BatchTables::learn(const Transaction& edit) {
  if (origins_.size() < limits::kHistoryEntries) number_of(edit.origin);
  for (const auto& row : std::get<Edit>(edit.body).rows) {
    if (shapes_.size() < limits::kHistoryEntries) number_of_shape(row);
    for_each_value(row.key, [&](const ValueView& value) { learn(value); });
    for (const auto& cell : row.cells) {
      for (const auto& value : cell.values) learn(view_of(value));
    }
  }
}

}  // namespace zimnik::sync
