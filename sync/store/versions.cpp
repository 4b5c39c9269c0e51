#include "sync/store/versions.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "sync/core/personal.h"

namespace zimnik::sync {

Value person_of(const Table& table, const Group& group, std::span<const Value> key,
                std::span<const Value> values, std::size_t column) {
  const auto& name = group.columns[column].person;
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    if (table.key[i].name == name) return key[i];
  }
  for (std::size_t i = 0; i < group.columns.size(); ++i) {
    if (group.columns[i].name == name) return values[i];
  }
  return Null{};
}

/// Valid until another leaf is read.
const CellWrite* Versions::look(const CellName& cell, Arrival arrival) {
  const auto& leaf = log_.leaf(arrival);
  const auto* edit = edit_of(leaf);
  if (edit == nullptr) return nullptr;
  const auto wanted = std::tie(cell.table.id, cell.key);
  const auto row = std::lower_bound(
      edit->rows.begin(), edit->rows.end(), wanted,
      [](const RowWrite& it, const auto& name) { return std::tie(it.table, it.key) < name; });
  if (row == edit->rows.end() || std::tie(row->table, row->key) != wanted) return nullptr;
  for (const auto& write : row->cells) {
    if (write.group != cell.group) continue;
    const auto stream = log_.line(leaf.line).log.stream;
    return readable(schema_, stream, *row, write) == Readable::malformed ? nullptr : &write;
  }
  return nullptr;
}

std::optional<CellWrite> Versions::find(const CellName& cell, Arrival arrival) {
  const auto* write = look(cell, arrival);
  if (write == nullptr) return std::nullopt;
  return *write;
}

std::vector<Value> Versions::readable_values(const CellName& cell, const CellWrite& write,
                                             const Verdict& verdict, bool& is_erased) {
  const Group* group = cell.table.find(cell.group);
  if (group == nullptr) return write.values;
  if (write.op != Op::set) return std::vector<Value>(group->columns.size());
  auto values = write.values;
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    const auto* cipher = std::get_if<Cipher>(&write.values[i]);
    if (cipher == nullptr) continue;
    const auto person = person_of(cell.table, *group, key_values(cell.key), write.values, i);
    if (verdict.forgets(person)) {
      is_erased = true;
      values[i] = Null{};
    } else if (auto plain =
                   decipher(log_.keys(), {cell.table.id, cell.key, cell.group, i}, *cipher)) {
      values[i] = std::move(*plain);
    }
  }
  return values;
}

Version Versions::version(const CellName& cell, Arrival arrival, const CellWrite& write,
                          const Verdict& verdict) {
  const auto& leaf = log_.leaf(arrival);
  const auto& transaction = *leaf.transaction;
  const auto& log = log_.line(leaf.line).log;
  Version version;
  version.at = arrival;
  version.is_void = verdict.voids_edit(log, leaf.seq, transaction.origin.author, transaction.time);
  version.is_tombstone = write.op == Op::tombstone;
  version.rank = transaction.origin.rank;
  version.stamp = {transaction.time, log.site, leaf.seq, leaf.hash};
  version.values = readable_values(cell, write, verdict, version.is_erased);
  return version;
}

/// From the newest back, so that each stretch of the log is opened once. What is overwritten may
/// have arrived later, where leaves came out of order that couldn't be read here then.
std::vector<Version> Versions::reached(const CellName& cell, std::vector<Arrival> from,
                                       const Verdict& verdict,
                                       const std::function<void(Arrival)>& over_elsewhere) {
  std::vector<Version> versions;
  std::set<Arrival> open(from.begin(), from.end()), seen = open;
  while (!open.empty()) {
    const Arrival arrival = *open.rbegin();
    open.erase(std::prev(open.end()));
    const auto write = find(cell, arrival);
    if (!write) continue;
    auto version = this->version(cell, arrival, *write, verdict);
    for (const auto& over : write->over) {
      version.over.push_back(over.at);
      if (over.at != 0 && seen.insert(over.at).second) open.insert(over.at);
    }
    versions.push_back(std::move(version));
  }
  const auto is_older = [](const Version& left, const Version& right) {
    return left.at < right.at;
  };
  std::sort(versions.begin(), versions.end(), is_older);
  // What is named must be a version of this cell; the leaf counts without it.
  const auto is_elsewhere = [&](Arrival over) {
    Version wanted;
    wanted.at = over;
    return !std::binary_search(versions.begin(), versions.end(), wanted, is_older);
  };
  for (auto& version : versions) {
    const bool any = std::erase_if(version.over, is_elsewhere) > 0;
    if (any && over_elsewhere) over_elsewhere(version.at);
  }
  return versions;
}

}  // namespace zimnik::sync
