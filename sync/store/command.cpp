#include "sync/store/command.h"

#include "sync/store/capture.h"
#include "sync/store/rows.h"

namespace zimnik::sync {

TouchedRow& Command::row(const std::string& name, const Key& key) {
  const auto* table = schema_.find(name);
  if (table == nullptr) throw CommandRefused("there is no table '" + name + "'");
  auto& row = capture_.row(rows_.table(table->id), key);
  if (!row.after) throw CommandRefused(name + " (" + text_of(key) + "): there is no such row");
  return row;
}

void Command::keep(const std::string& table, const Key& key, const std::string& group) {
  auto& touched = row(table, key);
  for (const auto& candidate : touched.table->groups) {
    if (candidate.name != group) continue;
    touched.kept.insert(candidate.id);
    return;
  }
  throw CommandRefused(table + ": there is no group '" + group + "'");
}

void Command::keep_row(const std::string& table, const Key& key) {
  row(table, key).keep_row = true;
}

}  // namespace zimnik::sync
