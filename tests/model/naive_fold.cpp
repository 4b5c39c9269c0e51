#include "tests/model/naive_fold.h"

#include <algorithm>
#include <tuple>
#include <variant>

#include "tests/model/naive_acts.h"

namespace zimnik::model {
namespace {

using sync::Cipher;
using sync::Hash;
using sync::Null;
using sync::Op;
using sync::Readable;
using sync::Status;
using sync::Value;
using State = sync::RowFold::State;

/// A version with all that is asked about it.
struct Item {
  const Leaf* leaf;
  const sync::CellWrite* write;
  bool is_void = false;
  bool is_erased = false;
  std::vector<Value> values;

  bool is_tombstone() const { return write->op == Op::tombstone; }
};
using CellItems = std::map<Hash, Item>;
using RowItems = std::map<std::uint32_t, CellItems>;

// -- reading --------------------------------------------------------------------------------------

/// A personal value in the clear doesn't fit: forgetting couldn't reach it.
bool fits(const sync::Column& column, const Value& value) {
  if (std::holds_alternative<Null>(value)) return true;
  if (std::holds_alternative<Cipher>(value) || !column.person.empty()) {
    return std::holds_alternative<Cipher>(value) && !column.person.empty();
  }
  switch (column.type) {
    case sync::ColumnType::integer:
      return std::holds_alternative<std::int64_t>(value);
    case sync::ColumnType::real:
      return std::holds_alternative<double>(value);
    case sync::ColumnType::text:
      return std::holds_alternative<sync::Text>(value);
    case sync::ColumnType::blob:
      return std::holds_alternative<sync::Blob>(value);
    case sync::ColumnType::any:
      return true;
  }
  return false;
}

bool fit(const std::vector<sync::Column>& columns, const std::vector<Value>& values) {
  if (columns.size() != values.size()) return false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!fits(columns[i], values[i])) return false;
  }
  return true;
}

bool fit_key(const std::vector<sync::Column>& columns, const std::vector<Value>& values) {
  return fit(columns, values) &&
         std::ranges::none_of(values, [](const Value& value) { return is_null(value); });
}

const sync::Table* find_table(const sync::Schema& schema, std::uint32_t id) {
  const auto found = std::ranges::find(schema.tables, id, &sync::Table::id);
  return found == schema.tables.end() ? nullptr : &*found;
}

const sync::Group* find_group(const sync::Table& table, std::uint32_t id) {
  const auto found = std::ranges::find(table.groups, id, &sync::Group::id);
  return found == table.groups.end() ? nullptr : &*found;
}

/// The person that a column of the group is about: named in the row's key or beside it.
Value person_of(const sync::Table& table, const sync::Group& group, const sync::Column& column,
                const std::vector<Value>& key, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    if (table.key[i].name == column.person) return key.at(i);
  }
  for (std::size_t i = 0; i < group.columns.size(); ++i) {
    if (group.columns[i].name == column.person) return values.at(i);
  }
  return Null{};
}

/// Erases what is forgotten and opens what can be opened.
void read_values(const World& world, const Acts& acts, const sync::Table& table,
                 const sync::Group& group, const sync::Key& key, Item& item) {
  const std::vector<Value> stored = item.write->op == Op::set
                                        ? item.write->values
                                        : std::vector<Value>(group.columns.size(), Null{});
  item.values = stored;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const auto* cipher = std::get_if<Cipher>(&stored[i]);
    if (!cipher) continue;
    if (acts.forgets(person_of(table, group, group.columns[i], key_values(key), stored))) {
      item.is_erased = true;
      item.values[i] = Null{};
    } else if (world.open) {
      const ColumnPlace place{table.id, key, group.id, static_cast<std::uint32_t>(i)};
      item.values[i] = world.open(place, *cipher).value_or(*cipher);
    }
  }
}

// -- one cell -------------------------------------------------------------------------------------

/// The names of all versions of the cell that this one overwrote, directly or through others.
std::set<Hash> beneath(const CellItems& cell, const Item& top) {
  std::set<Hash> result;
  std::vector<const Item*> open{&top};
  while (!open.empty()) {
    const Item* item = open.back();
    open.pop_back();
    for (const sync::Over& over : item->write->over) {
      const auto found = cell.find(over.leaf);
      if (found != cell.end() && result.insert(over.leaf).second) open.push_back(&found->second);
    }
  }
  return result;
}

/// Those that `counts` and that no other that `counts` reaches.
template <class Counts>
std::set<Hash> maximal(const CellItems& cell, Counts counts) {
  std::set<Hash> result;
  for (const auto& [name, item] : cell) {
    if (counts(item)) result.insert(name);
  }
  for (const auto& [name, item] : cell) {
    if (!counts(item)) continue;
    for (const Hash& lower : beneath(cell, item)) {
      if (lower != name) result.erase(lower);
    }
  }
  return result;
}

std::set<Hash> heads_of(const CellItems& cell) {
  return maximal(cell, [](const Item& item) { return !item.is_void; });
}

std::set<Hash> void_tops_of(const CellItems& cell) {
  std::set<Hash> result = maximal(cell, [](const Item&) { return true; });
  std::erase_if(result, [&](const Hash& name) { return !cell.at(name).is_void; });
  return result;
}

std::set<Hash> candidates_of(const CellItems& cell, const std::set<Hash>& heads) {
  std::set<Hash> result = heads;
  std::erase_if(result, [&](const Hash& head) { return cell.at(head).is_tombstone(); });
  if (!result.empty() || heads.empty()) return result;
  return maximal(cell, [](const Item& item) { return !item.is_void && !item.is_tombstone(); });
}

Choice choice_of(const Item& item) {
  const auto& transaction = item.leaf->transaction;
  return {item.leaf->name,  item.leaf->log.site,     item.leaf->seq,
          transaction.time, transaction.origin.rank, item.values};
}

/// Fills in what a known cell of a live row shows.
void show(const World& world, GroupId id, const CellItems& cell, CellState& state) {
  const auto* table = find_table(world.schema, id.first);
  state.values.assign(find_group(*table, id.second)->columns.size(), Null{});
  state.candidates = candidates_of(cell, state.heads);
  if (state.candidates.empty()) return;
  const auto rule = world.policies.find(id);
  std::vector<Choice> choices;
  for (const Hash& name : state.candidates) choices.push_back(choice_of(cell.at(name)));
  state.shown = choose(rule == world.policies.end() ? PolicyRule{} : rule->second, choices);
  state.values = cell.at(*state.shown).values;
  state.conflict = std::ranges::any_of(
      choices, [&](const Choice& choice) { return choice.values != state.values; });
}

// -- one row --------------------------------------------------------------------------------------

bool is_known(const sync::Schema& schema, GroupId id) {
  const auto* table = find_table(schema, id.first);
  return table && find_group(*table, id.second);
}

RowState fold_heads(const World& world, std::uint32_t table, const RowItems& row) {
  RowState result;
  bool any_head = false;
  bool any_value = false;
  bool any_tombstone = false;
  for (const auto& [group, cell] : row) {
    CellState& state = result.cells[group];
    state.known = is_known(world.schema, {table, group});
    state.heads = heads_of(cell);
    state.void_tops = void_tops_of(cell);
    for (const Hash& head : state.heads) {
      any_head = true;
      (cell.at(head).is_tombstone() ? any_tombstone : any_value) = true;
    }
  }
  result.state = any_value ? State::live : any_head ? State::dead : State::absent;
  const auto* declared = find_table(world.schema, table);
  if (any_value && declared && declared->identifying) {
    const auto identifying = result.cells.find(*declared->identifying);
    if (identifying == result.cells.end() || identifying->second.heads.empty()) {
      result.state = State::orphaned;
    }
  }
  result.deleted_but_edited = result.state == State::live && any_tombstone;
  return result;
}

RowState fold_row(const World& world, std::uint32_t table, const RowItems& row) {
  RowState result = fold_heads(world, table, row);
  if (result.state != State::live) return result;
  for (auto& [group, state] : result.cells) {
    if (state.known) show(world, {table, group}, row.at(group), state);
  }
  return result;
}

/// The first of law 10's list that fits.
Status status_of(const RowState& row, const CellState& cell, const Hash& name, const Item& item) {
  const bool is_head = cell.heads.contains(name);
  if (!cell.known) return Status::unfolded;
  if (item.is_void) return Status::is_void;
  if (item.is_erased) return Status::erased;
  if (row.state == State::orphaned) return Status::orphaned;
  if (row.state == State::dead || (is_head && item.is_tombstone())) return Status::deleted;
  if (cell.shown == name) return Status::shown;
  if (!cell.candidates.contains(name)) return Status::superseded;
  return item.values == cell.values ? Status::equal : Status::conflicting;
}

// -- the world ------------------------------------------------------------------------------------

/// Sorts every version into its row and cell. Malformed ones get their status and go no further.
std::map<RowName, RowItems> sort_versions(const World& world, const Acts& acts, Fold& fold) {
  std::map<RowName, RowItems> rows;
  for (const Leaf& leaf : world.leaves) {
    const auto* edit = std::get_if<sync::Edit>(&leaf.transaction.body);
    if (!edit) continue;
    for (const sync::RowWrite& row : edit->rows) {
      for (const sync::CellWrite& write : row.cells) {
        const VersionName name{leaf.name, row.table, row.key, write.group};
        const Readable form = form_of(world.schema, leaf.log.stream, row, write);
        if (form == Readable::malformed) {
          fold.statuses[name] = Status::unfolded;
          continue;
        }
        Item item{&leaf, &write, acts.voids_edit(leaf), false, {}};
        if (form == Readable::yes) {
          const auto* table = find_table(world.schema, row.table);
          read_values(world, acts, *table, *find_group(*table, write.group), row.key, item);
          fold.values[name] = item.values;
          if (item.is_erased) fold.erased.insert(name);
        }
        rows[{row.table, row.key}][write.group].emplace(leaf.name, std::move(item));
      }
    }
  }
  return rows;
}

bool has_value(const Choice& choice) {
  return std::ranges::any_of(choice.values, [](const Value& value) { return !is_null(value); });
}

/// What comes before the time in a policy's order.
std::pair<std::int64_t, std::int64_t> precedence(const PolicyRule& rule, const Choice& choice) {
  switch (rule.kind) {
    case PolicyKind::latest:
      return {0, 0};
    case PolicyKind::authority:
      return {rule.basis ? rule.basis(choice.values) : 0, choice.rank};
    case PolicyKind::revocation_wins:
      return {rule.refusal(choice.values) ? 1 : 0, 0};
    case PolicyKind::value_beats_clear:
      return {has_value(choice) ? 1 : 0, 0};
  }
  return {0, 0};
}

}  // namespace

Fold fold(const World& world) {
  const Acts acts(world);
  Fold result;
  for (const auto& [name, items] : sort_versions(world, acts, result)) {
    const RowState row = fold_row(world, name.first, items);
    for (const auto& [group, cell] : items) {
      for (const auto& [leaf, item] : cell) {
        result.statuses[{leaf, name.first, name.second, group}] =
            status_of(row, row.cells.at(group), leaf, item);
      }
    }
    result.rows[name] = row;
  }
  return result;
}

Readable form_of(const sync::Schema& schema, sync::Stream stream, const sync::RowWrite& row,
                 const sync::CellWrite& cell) {
  const auto* table = find_table(schema, row.table);
  if (!table) return Readable::unknown_group;
  if (table->stream != stream || !fit_key(table->key, key_values(row.key)))
    return Readable::malformed;
  const auto* group = find_group(*table, cell.group);
  if (!group) return Readable::unknown_group;
  const bool fits = cell.op == Op::set ? fit(group->columns, cell.values) : cell.values.empty();
  return fits ? Readable::yes : Readable::malformed;
}

Hash choose(const PolicyRule& rule, const std::vector<Choice>& choices) {
  const auto order = [&](const Choice& choice) {
    return std::tuple(precedence(rule, choice), choice.time, choice.site, choice.seq, choice.leaf);
  };
  const Choice* best = &choices.front();
  for (const Choice& choice : choices) {
    if (order(choice) > order(*best)) best = &choice;
  }
  return best->leaf;
}

}  // namespace zimnik::model
