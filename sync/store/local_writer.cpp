#include "sync/store/local_writer.h"

#include <algorithm>

#include "sync/core/limits.h"
#include "sync/core/personal.h"

namespace zimnik::sync {
namespace {

bool any_given(const std::vector<Value>& values) {
  return !std::all_of(values.begin(), values.end(), is_null);
}

/// A row, for people.
std::string name_of(const Table& table, const Key& key) {
  return table.name + " (" + text_of(key) + ")";
}

/// Others may have left any number of heads. What isn't overwritten stays a head, and is covered by
/// the next writes; a leaf that overwrites more than it may would be read by nobody.
void keep_newest(std::vector<Over>& over, std::size_t most) {
  if (over.size() <= most) return;
  std::sort(over.begin(), over.end(),
            [](const Over& left, const Over& right) { return left.at > right.at; });
  over.resize(most);
  std::sort(over.begin(), over.end(),
            [](const Over& left, const Over& right) { return left.leaf < right.leaf; });
}

}  // namespace

std::size_t LocalWriter::write(const Entry& entry, const std::vector<TouchedRow>& touched) {
  std::map<Stream, std::vector<OwnRow>> by_stream;
  std::size_t cells = 0;
  for (const auto& row : touched) {
    auto own = own_row(entry, row);
    if (own.write.cells.empty()) {
      if (row.before || !row.after) continue;
      throw CommandRefused(name_of(*row.table, row.key) +
                           ": a new row in which no cell is given a value");
    }
    cells += own.write.cells.size();
    by_stream[row.table->stream].push_back(std::move(own));
  }
  for (auto& [stream, rows] : by_stream) {
    std::sort(rows.begin(), rows.end(), [](const OwnRow& left, const OwnRow& right) {
      return std::tie(left.write.table, left.write.key) <
             std::tie(right.write.table, right.write.key);
    });
    append_rows(entry, stream, rows);
  }
  return cells;
}

LocalWriter::OwnRow LocalWriter::own_row(const Entry& entry, const TouchedRow& touched) {
  const auto& table = *touched.table;
  if (touched.key.bytes.size() > limits::kKeyBytes) {
    throw CommandRefused(table.name + ": a key of " + std::to_string(touched.key.bytes.size()) +
                         " bytes is over " + std::to_string(limits::kKeyBytes));
  }
  OwnRow own{{table.id, touched.key, {}}, rows_.roots(table, touched.key, touched.before), {}};
  for (std::size_t i = 0; touched.after && i < table.groups.size(); ++i) {
    own.versions.push_back(touched.after->cells[i].version);
  }
  auto cells = cells_of(touched, own.before);
  for (auto& [id, write] : cells) {
    const CellName cell{table, touched.key, id};
    const auto roots = own.before.find(id);
    if (roots != own.before.end()) {
      write.over = over(entry, cell, roots->second);
      keep_newest(write.over, limits::kOverInOwnRow / std::max<std::size_t>(cells.size(), 2));
    }
    check_rank(entry, cell, write);
    if (const auto* group = table.find(id)) encipher_personal(touched, *group, write);
    own.write.cells.push_back(std::move(write));
  }
  return own;
}

/// Which cells a touched row writes, and what. Law 6: a delete writes a tombstone to every cell
/// that has a version; to create a row again writes every cell that has one.
std::map<std::uint32_t, CellWrite> LocalWriter::cells_of(const TouchedRow& touched,
                                                         const CellRoots& before) {
  std::map<std::uint32_t, CellWrite> cells;
  if (!touched.after) {
    if (!touched.before) return cells;
    for (const auto& [group, roots] : before) cells[group] = {group, Op::tombstone, {}, {}};
    return cells;
  }
  const auto& table = *touched.table;
  const bool whole = !touched.before || touched.was_deleted || touched.keep_row;
  if (whole) {
    for (const auto& [group, roots] : before) cells[group] = {group, Op::empty, {}, {}};
  }
  for (std::size_t i = 0; i < table.groups.size(); ++i) {
    const auto id = table.groups[i].id;
    const auto& values = touched.after->cells[i].values;
    const bool had = whole && before.contains(id);
    const bool changed = touched.before && touched.before->cells[i].values != values;
    const bool created = !touched.before && (any_given(values) || id == table.identifying);
    if (!had && !changed && !created && !touched.kept.contains(id)) continue;
    // Where nothing was given and there is something to cover, "empty" says it.
    const bool empty = had && !any_given(values);
    cells[id] = {id, empty ? Op::empty : Op::set, empty ? std::vector<Value>{} : values, {}};
  }
  return cells;
}

bool LocalWriter::is_of_page(const Entry& entry, Arrival arrival) {
  if (entry.id.page == 0) return false;
  const auto& leaf = log_.leaf(arrival);
  return leaf.transaction && leaf.transaction->entry.page == entry.id.page &&
         log_.line(leaf.line).log.site == site_;
}

std::vector<Over> LocalWriter::over(const Entry& entry, const CellName& cell, const Roots& roots) {
  const Arrival seen = entry.seen.site == site_ ? entry.seen.arrival : 0;
  const auto is_seen = [&](Arrival arrival) {
    return arrival <= seen || is_of_page(entry, arrival);
  };
  auto heads = roots.heads;
  const bool as_seen =
      !judge_.acted_since(seen) && std::all_of(heads.begin(), heads.end(), is_seen);
  if (!as_seen) {
    auto versions = rows_.versions().reached(cell, roots.all(), judge_.verdict_at(seen));
    std::erase_if(versions, [&](const Version& version) { return !is_seen(version.at); });
    heads.clear();
    for (auto head : fold_cell(versions).heads) heads.push_back(versions[head].at);
  }
  std::vector<Over> over;
  for (const auto head : heads) over.push_back({log_.hash_of(head), head});
  std::sort(over.begin(), over.end(),
            [](const Over& left, const Over& right) { return left.leaf < right.leaf; });
  return over;
}

/// Law 5: nobody covers what weighs more, and a job covers no person's work.
void LocalWriter::check_rank(const Entry& entry, const CellName& cell, const CellWrite& write) {
  const auto* group = cell.table.find(cell.group);
  const bool is_job = entry.origin.rank == rank::kComputed;
  if (write.over.empty() || (!is_job && (group == nullptr || !group->policy.weight))) return;
  std::vector<Arrival> covered;
  for (const auto& over : write.over) covered.push_back(over.at);
  const Stamp stamp;
  const std::vector<Value> none(group == nullptr ? 0 : group->columns.size());
  const Candidate mine{stamp, entry.origin.rank, write.op == Op::set ? write.values : none};
  for (auto& version : rows_.versions().reached(cell, covered, judge_.verdict())) {
    if (std::find(covered.begin(), covered.end(), version.at) == covered.end()) continue;
    if (version.values.empty()) version.values = none;
    if (is_job && version.rank > rank::kComputed) {
      throw Outranked(name_of(cell.table, cell.key) +
                      ": what a person entered isn't a job's to overwrite");
    }
    if (group != nullptr && group->policy.weight &&
        group->policy.weight(version.candidate()) > group->policy.weight(mine)) {
      throw Outranked(name_of(cell.table, cell.key) + ", " + group->name +
                      ": what is there has a higher basis or rank");
    }
  }
}

void LocalWriter::encipher_personal(const TouchedRow& touched, const Group& group,
                                    CellWrite& write) {
  for (std::uint32_t i = 0; i < write.values.size(); ++i) {
    if (group.columns[i].person.empty() || is_null(write.values[i])) continue;
    const auto& table = *touched.table;
    const auto person = person_of(table, group, key_values(touched.key), write.values, i);
    const auto where = name_of(table, touched.key) + ", " + group.columns[i].name + ": ";
    if (judge_.verdict().forgets(person)) {
      throw CommandRefused(where + "the person it is about was forgotten");
    }
    const auto key = log_.keys().key_of(person);
    if (!key) throw CommandRefused(where + "there is no key for the person it is about");
    write.values[i] = encipher(*log_.keys().find(*key), *key, {table.id, touched.key, group.id, i},
                               write.values[i]);
  }
}

/// One leaf if it fits, else two halves: an import is split.
void LocalWriter::append_rows(const Entry& entry, Stream stream, std::span<OwnRow> rows) {
  if (rows.size() <= limits::kRowsInLeaf) {
    Transaction transaction{entry.origin, entry.time, entry.id, Edit{}};
    auto& written = std::get<Edit>(transaction.body).rows;
    written.reserve(rows.size());
    for (auto& row : rows) written.push_back(std::move(row.write));
    try {
      const Arrival arrival = append(stream, std::move(transaction));
      const auto& leaf = log_.leaf(arrival);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        rows_.take_own(arrival, leaf, edit_of(leaf)->rows[i], rows[i].before, rows[i].versions);
      }
      return;
    } catch (const std::length_error& error) {
      if (rows.size() == 1) throw CommandRefused(error.what());
      for (std::size_t i = 0; i < rows.size(); ++i) rows[i].write = std::move(written[i]);
    }
  }
  append_rows(entry, stream, rows.first(rows.size() / 2));
  append_rows(entry, stream, rows.subspan(rows.size() / 2));
}

Arrival LocalWriter::append(const Entry& entry, decltype(Transaction::body) body) {
  return append(Stream::shared, {entry.origin, entry.time, entry.id, std::move(body)});
}

Arrival LocalWriter::append(Stream stream, Transaction&& transaction) {
  if (stream == Stream::school && !log_.keys().school_key()) {
    throw CommandRefused("the school's stream can't be written here: its key isn't at hand");
  }
  const LogId log{site_, stream};
  const auto lines = log_.lines_of(log);
  // A log that forked goes on where this replica wrote: its first line.
  const LineId id = lines.empty() ? log_.add_line(log, 0, 0) : lines.front();
  const auto& line = log_.line(id);
  const LeafPlace place{log, line.size() + 1, line.tip};
  auto bytes = encode_leaf(place, transaction, log_.keys());
  // Else it would hold here alone, and only until the replica is opened again.
  if (!read_leaf(bytes, log_.keys())) {
    throw CommandRefused("a text that is too long or isn't UTF-8, or too much at once");
  }
  const Hash hash = leaf_hash(bytes);
  const Time time = transaction.time;
  const Arrival arrival = log_.append({id, hash, std::move(bytes), std::move(transaction)});
  signer_.appended(id, time);
  return arrival;
}

}  // namespace zimnik::sync
