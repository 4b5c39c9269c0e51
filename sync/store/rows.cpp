#include "sync/store/rows.h"

#include <algorithm>

namespace zimnik::sync {
namespace {

/// Rows that may wait to be folded: of a whole log there could be any number.
constexpr std::size_t kMostWaiting = 64 * 1024;

std::size_t row_hash(std::uint32_t table, const Key& key) {
  return std::hash<Key>{}(key)*31 + table;
}

}  // namespace

std::vector<Arrival> Roots::all() const {
  auto result = heads;
  result.insert(result.end(), void_tops.begin(), void_tops.end());
  return result;
}

Rows::Rows(Database& database, const Schema& schema, Log& log, const Judge& judge)
    : database_(database), schema_(schema), log_(log), judge_(judge), versions_(schema, log) {
  for (const auto& table : schema.tables) {
    tables_.emplace(table.id, std::make_unique<RowTable>(database, table));
  }
  database.define(kNextArrival,
                  [&log] { return static_cast<std::int64_t>(log.last_arrival() + 1); });
  reload();
}

void Rows::create_tables(Database& database) {
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_head (
      table_id INTEGER NOT NULL, key BLOB NOT NULL, group_id INTEGER NOT NULL,
      arrival INTEGER NOT NULL, is_void INTEGER NOT NULL,
      PRIMARY KEY (table_id, key, group_id, arrival)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_listed (
      table_id INTEGER NOT NULL, key BLOB NOT NULL, group_id INTEGER NOT NULL,
      reason INTEGER NOT NULL,
      PRIMARY KEY (table_id, key, group_id, reason)) WITHOUT ROWID)");
}

void Rows::clear() {
  for (const auto& table : schema_.tables) database_.execute("DELETE FROM " + quoted(table.name));
  database_.execute("DELETE FROM zimnik_head; DELETE FROM zimnik_listed");
  not_plain_.clear();
}

void Rows::reload() {
  not_plain_.clear();
  waiting_.clear();
  odd_overs_.clear();
  auto query = database_.prepare("SELECT DISTINCT table_id, key FROM zimnik_head");
  while (query.step()) {
    not_plain_.insert(
        row_hash(static_cast<std::uint32_t>(query.integer(0)), Key{std::string(query.blob(1))}));
  }
}

bool Rows::is_plain(std::uint32_t table, const Key& key) const {
  return !not_plain_.contains(row_hash(table, key));
}

bool Rows::is_void(const StoredLeaf& leaf) const {
  return judge_.verdict().voids_edit(log_.line(leaf.line).log, leaf.seq,
                                     leaf.transaction->origin.author, leaf.transaction->time);
}

void Rows::take(Arrival arrival, const StoredLeaf& leaf) {
  const auto* edit = edit_of(leaf);
  if (edit == nullptr) return;
  const auto stream = log_.line(leaf.line).log.stream;
  const bool counts = !is_void(leaf);
  for (const auto& row : edit->rows) {
    const auto* table = schema_.find(row.table);
    if (table == nullptr || table->stream != stream) continue;
    const bool quick = counts && is_plain(row.table, row.key) &&
                       (waiting_.empty() || !waiting_.contains({row.table, row.key})) &&
                       take_quickly(arrival, row, *tables_.at(row.table));
    if (!quick) wait(arrival, stream, *table, row);
  }
  if (waiting_.size() >= kMostWaiting) finish();
}

/// Each version as a root beside the others, whatever it is: the fold says.
void Rows::wait(Arrival arrival, Stream stream, const Table& table, const RowWrite& row) {
  for (const auto& cell : row.cells) {
    if (readable(schema_, stream, row, cell) == Readable::malformed) continue;
    auto [found, is_new] = waiting_.try_emplace({row.table, row.key});
    if (is_new) found->second = roots(table, row.key);
    found->second[cell.group].heads.push_back(arrival);
  }
}

void Rows::finish() {
  for (const auto& [row, roots] : waiting_) fold(*schema_.find(row.first), row.second, roots);
  waiting_.clear();
}

bool Rows::take_quickly(Arrival arrival, const RowWrite& row, RowTable& table) {
  const auto& declaration = table.declaration();
  const auto key = key_values(row.key);
  if (!declaration.fits_key(key)) return false;
  std::vector<CellImage> cells;
  std::vector<std::vector<Value>> values;
  values.reserve(row.cells.size());
  bool has_over = false, identifies = !declaration.identifying;
  for (const auto& cell : row.cells) {
    const auto* group = declaration.find(cell.group);
    const bool simple = group != nullptr && cell.op != Op::tombstone && cell.over.size() <= 1 &&
                        (cell.op == Op::empty || group->fits(cell.values));
    if (!simple) return false;
    bool is_erased = false;
    values.push_back(versions_.readable_values({declaration, row.key, cell.group}, cell,
                                               judge_.verdict(), is_erased));
    has_over = has_over || !cell.over.empty();
    identifies = identifies || cell.group == declaration.identifying;
    cells.push_back({table.index_of(cell.group), values.back(), arrival,
                     cell.over.empty() ? 0 : cell.over.front().at});
  }
  if (identifies && !has_over && table.insert(key, cells)) return true;
  return table.update(key, cells);
}

void Rows::take_slowly(Arrival arrival, const StoredLeaf& leaf, const RowWrite& row,
                       CellRoots roots) {
  bool any = false;
  for (const auto& cell : row.cells) {
    if (readable(schema_, log_.line(leaf.line).log.stream, row, cell) == Readable::malformed) {
      continue;
    }
    // As a root beside the others, whatever it is: the fold says.
    roots[cell.group].heads.push_back(arrival);
    any = true;
  }
  if (any) fold(*schema_.find(row.table), row.key, roots);
}

void Rows::take_own(Arrival arrival, const StoredLeaf& leaf, const RowWrite& row,
                    const CellRoots& before, std::span<const Arrival> versions) {
  const bool quick =
      !is_void(leaf) && is_plain(row.table, row.key) && settle(arrival, row, before, versions);
  if (!quick) take_slowly(arrival, leaf, row, before);
}

/// Where each cell overwrites just the heads that it had, what the command wrote is the fold; only
/// the versions may have to be set. REQUIRES: the row is plain, so each cell had at most one head.
bool Rows::settle(Arrival arrival, const RowWrite& row, const CellRoots& before,
                  std::span<const Arrival> versions) {
  auto& table = *tables_.at(row.table);
  const auto& groups = table.declaration().groups;
  if (versions.size() != groups.size()) return false;  // the row is gone
  for (const auto& cell : row.cells) {
    const auto had = before.find(cell.group);
    const std::size_t heads = had == before.end() ? 0 : had->second.heads.size();
    if (cell.over.size() != heads) return false;
    if (heads == 1 && cell.over.front().at != had->second.heads.front()) return false;
  }
  std::vector<CellImage> cells;
  auto written = row.cells.begin();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto had = before.find(groups[i].id);
    Arrival version = had == before.end() ? 0 : had->second.heads.front();
    while (written != row.cells.end() && written->group < groups[i].id) ++written;
    if (written != row.cells.end() && written->group == groups[i].id) version = arrival;
    if (version != versions[i]) cells.push_back({i, {}, version, 0});
  }
  if (!cells.empty()) table.set_versions(key_values(row.key), cells);
  return true;
}

CellRoots Rows::roots(const Table& table, const Key& key) {
  RowImage row;
  if (!tables_.at(table.id)->read(key_values(key), row)) return roots(table, key, std::nullopt);
  return roots(table, key, row);
}

CellRoots Rows::roots(const Table& table, const Key& key, const std::optional<RowImage>& row) {
  CellRoots roots;
  if (!is_plain(table.id, key)) {
    auto& query = database_.prepared(
        "SELECT group_id, arrival, is_void FROM zimnik_head WHERE table_id = ? AND key = ?");
    query.bind(1, std::int64_t{table.id}).bind_blob(2, key.bytes);
    while (query.step()) {
      auto& cell = roots[static_cast<std::uint32_t>(query.integer(0))];
      (query.integer(2) ? cell.void_tops : cell.heads)
          .push_back(static_cast<Arrival>(query.integer(1)));
    }
    if (!roots.empty()) return roots;
  }
  for (std::size_t i = 0; row && i < row->cells.size(); ++i) {
    if (row->cells[i].version == 0) continue;
    roots[table.groups[i].id].heads.push_back(row->cells[i].version);
  }
  return roots;
}

void Rows::refold(const Table& table, const Key& key) { fold(table, key, roots(table, key)); }

Rows::Cells Rows::cells(const Table& table, const Key& key, const CellRoots& roots) {
  Cells cells;
  for (const auto& [group, from] : roots) {
    auto& cell = cells[group];
    cell.known = table.find(group) != nullptr;
    cell.versions = versions_.reached({table, key, group}, from.all(), judge_.verdict(),
                                      [&](Arrival arrival) { odd_overs_.push_back(arrival); });
  }
  return cells;
}

void Rows::fold(const Table& table, const Key& key, const CellRoots& roots) {
  const auto all = cells(table, key, roots);
  save(table, key, fold_row(table, all), all);
}

void Rows::save(const Table& table, const Key& key, const RowFold& fold, const Cells& cells) {
  auto& rows = *tables_.at(table.id);
  save_heads(table, key, fold, cells);
  const auto key_of_row = key_values(key);
  if (fold.state != RowFold::State::live) return rows.erase(key_of_row);
  RowImage row;
  for (const auto& group : table.groups) {
    RowImage::Cell image{std::vector<Value>(group.columns.size()), 0};
    const auto cell = fold.cells.find(group.id);
    if (cell != fold.cells.end() && !cell->second.candidates.empty()) {
      const auto& versions = cells.at(group.id).versions;
      const auto& version = versions[shown(versions, cell->second, group.policy)];
      image = {version.values, version.at};
      if (is_conflict(versions, cell->second)) list(table, key, group.id, Listed::Reason::conflict);
    }
    row.cells.push_back(std::move(image));
  }
  rows.replace(key_of_row, row);
}

void Rows::save_heads(const Table& table, const Key& key, const RowFold& fold, const Cells& cells) {
  for (const char* side : {"zimnik_head", "zimnik_listed"}) {
    auto& drop =
        database_.prepared(std::string("DELETE FROM ") + side + " WHERE table_id = ? AND key = ?");
    drop.bind(1, std::int64_t{table.id}).bind_blob(2, key.bytes).run();
  }
  const bool plain = fold.state == RowFold::State::live && !fold.deleted_but_edited &&
                     std::all_of(fold.cells.begin(), fold.cells.end(), [&](const auto& it) {
                       return cells.at(it.first).known && it.second.heads.size() == 1 &&
                              it.second.void_tops.empty();
                     });
  if (plain) return;
  not_plain_.insert(row_hash(table.id, key));
  auto& add = database_.prepared("INSERT INTO zimnik_head VALUES (?, ?, ?, ?, ?)");
  for (const auto& [group, cell] : fold.cells) {
    const auto& versions = cells.at(group).versions;
    add.bind(1, std::int64_t{table.id}).bind_blob(2, key.bytes).bind(3, std::int64_t{group});
    for (auto head : cell.heads) {
      add.bind(4, static_cast<std::int64_t>(versions[head].at)).bind(5, std::int64_t{0}).run();
    }
    for (auto top : cell.void_tops) {
      add.bind(4, static_cast<std::int64_t>(versions[top].at)).bind(5, std::int64_t{1}).run();
    }
  }
  if (fold.deleted_but_edited) list(table, key, 0, Listed::Reason::deleted_but_edited);
  if (fold.state == RowFold::State::orphaned) list(table, key, 0, Listed::Reason::orphaned);
}

void Rows::list(const Table& table, const Key& key, std::uint32_t group, Listed::Reason reason) {
  auto& add = database_.prepared("INSERT INTO zimnik_listed VALUES (?, ?, ?, ?)");
  add.bind(1, std::int64_t{table.id}).bind_blob(2, key.bytes).bind(3, std::int64_t{group});
  add.bind(4, static_cast<std::int64_t>(reason)).run();
}

std::vector<Listed> Rows::listed() {
  std::vector<Listed> result;
  auto query = database_.prepare("SELECT table_id, key, group_id, reason FROM zimnik_listed");
  while (query.step()) {
    result.push_back({static_cast<std::uint32_t>(query.integer(0)), Key{std::string(query.blob(1))},
                      static_cast<std::uint32_t>(query.integer(2)),
                      static_cast<Listed::Reason>(query.integer(3))});
  }
  return result;
}

RowFold::State Rows::state(const Table& table, const Key& key) {
  RowImage row;
  if (tables_.at(table.id)->read(key_values(key), row)) return RowFold::State::live;
  return fold_row(table, cells(table, key, roots(table, key, std::nullopt))).state;
}

std::vector<HistoryItem> Rows::history(const CellName& cell) {
  const auto cells = this->cells(cell.table, cell.key, roots(cell.table, cell.key));
  std::vector<HistoryItem> items;
  const auto found = cells.find(cell.group);
  if (found == cells.end()) return items;
  const auto fold = fold_row(cell.table, cells);
  const auto* group = cell.table.find(cell.group);
  const auto statuses =
      classify(fold, cell.group, found->second, group == nullptr ? nullptr : &group->policy);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    const auto& version = found->second.versions[i];
    items.push_back({version.at, statuses[i], versions_.find(cell, version.at)->op, version.values,
                     log_.leaf(version.at).transaction->origin, version.stamp});
  }
  return items;
}

}  // namespace zimnik::sync
