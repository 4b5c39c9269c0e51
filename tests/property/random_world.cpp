#include "tests/property/random_world.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "sync/core/leaf.h"

namespace zimnik::property {
namespace {

using sync::Hash;
using sync::Op;
using sync::Over;
using sync::SiteId;
using sync::Stream;
using sync::Value;

constexpr std::array<std::uint16_t, 8> kRanks{20, 80, 40, 100, 60, 0, 79, 39};
constexpr std::array<const char*, 3> kAuthors{"ivanova", "petrov", "sidorova"};

SiteId site(std::size_t index) {
  SiteId result;
  result.bytes[0] = static_cast<std::uint8_t>(index + 1);
  return result;
}

}  // namespace

RandomWorld::RandomWorld(const Step& setting) {
  Dice dice(setting.dice);
  world_.schema = world_schema();
  world_.policies = world_policies();
  const std::size_t missing = dice.roll(kPersons + 1);  // one person's keys, or nobody's
  world_.open = [missing](const model::ColumnPlace&,
                          const sync::Cipher& value) -> std::optional<Value> {
    if (value.key.bytes[0] + 1u == missing) return {};
    return sync::Text{value.bytes.substr(1)};
  };
  know_sites(dice);
}

void RandomWorld::know_sites(Dice& dice) {
  using sync::SiteKind;
  for (std::size_t i = 0; i < kSites; ++i) {
    sync::KnownSite known;
    known.kind = std::array{SiteKind::hub, SiteKind::node, SiteKind::laptop}[dice.roll(3)];
    known.certified = dice.roll(2) == 0;
    for (std::size_t voucher = dice.roll(4); voucher > 0; --voucher) {
      known.vouched_by.push_back(site(dice.roll(kSites)));  // itself, and circles, too
    }
    world_.sites[site(i)] = known;
    writers_.push_back({site(i), {}, {}});
  }
}

void RandomWorld::take(const Step& step) {
  Dice dice(step.dice);
  std::size_t index = dice.roll(writers_.size());
  if (dice.rarely(16)) {
    writers_.push_back(writers_[index]);
    index = writers_.size() - 1;
  }
  Writer& writer = writers_[index];
  learn(writer, dice);
  sync::Transaction transaction;
  transaction.time.ms = static_cast<std::int64_t>(dice.roll(16));
  transaction.origin.rank = dice.pick(kRanks);
  transaction.origin.author = dice.pick(kAuthors);
  const std::size_t kind = dice.roll(14);
  Stream stream = Stream::shared;
  if (kind < 9) {
    auto body = edit(writer, dice);
    const bool of_school = body.rows.front().table == kVisit;
    if (of_school != dice.rarely(16)) stream = Stream::school;
    transaction.body = std::move(body);
  } else if (kind < 13) {
    transaction.body = act(kind - 9, dice);
  } else {
    transaction.body = sync::Succession{};
  }
  append(writer, stream, std::move(transaction), dice);
}

/// What another writer knows, or all.
void RandomWorld::learn(Writer& writer, Dice& dice) const {
  const std::size_t how = dice.roll(4);
  const Writer& other = dice.pick(writers_);
  if (how == 2) {
    for (std::size_t i = 0; i < world_.leaves.size(); ++i) writer.known.insert(i);
  } else if (how == 1) {
    const auto known = other.known;
    writer.known.insert(known.begin(), known.end());
  }
}

void RandomWorld::append(Writer& writer, Stream stream, sync::Transaction transaction, Dice& dice) {
  sync::sort(transaction);
  model::Leaf leaf{{}, {writer.site, stream}, ++writer.sizes[stream], std::move(transaction)};
  leaf.name.bytes[0] = static_cast<std::uint8_t>(dice.roll(240));
  const std::size_t number = world_.leaves.size() + 1;
  leaf.name.bytes[30] = static_cast<std::uint8_t>(number / 256);
  leaf.name.bytes[31] = static_cast<std::uint8_t>(number % 256);
  world_.leaves.push_back(std::move(leaf));
  past_.push_back(writer.known);
  writer.known.insert(world_.leaves.size() - 1);
}

sync::Edit RandomWorld::edit(const Writer& writer, Dice& dice) const {
  sync::Edit result;
  for (std::size_t count = 1 + dice.roll(3) / 2; count > 0; --count) {
    auto row = row_write(writer, dice);
    const bool twice = std::ranges::any_of(result.rows, [&](const sync::RowWrite& other) {
      return other.table == row.table && other.key == row.key;
    });
    if (!twice) result.rows.push_back(std::move(row));
  }
  return result;
}

sync::RowWrite RandomWorld::row_write(const Writer& writer, Dice& dice) const {
  sync::RowWrite row;
  row.table = std::array{kMark, kPerson, kNote, kVisit, kMark, kPerson, kUnknown}[dice.roll(7)];
  const sync::Table* table = world_.schema.find(row.table);
  const std::vector<sync::Column> unknown{{"id", sync::ColumnType::integer}};
  const std::size_t which = dice.roll(kPersons);
  std::vector<Value> key;
  for (const sync::Column& column : table ? table->key : unknown) {
    key.push_back(some_key_value(column.type, which, dice));
  }
  row.key = sync::make_key(key);
  const std::size_t mode = dice.roll(6);  // 4 deletes the row, 5 writes the whole of it
  const std::size_t chosen = 1 + dice.roll(4);
  for (const std::uint32_t group : {1u, 2u, 3u, kUnknown}) {
    const Cell cell{row.table, row.key, group};
    const bool has_version = !tops(writer, cell).empty();
    const bool named = group == chosen || (chosen == 4 && group == kUnknown);
    if (mode == 4 && has_version) {
      row.cells.push_back(cell_write(writer, cell, Op::tombstone, dice));
    } else if (mode == 5 ? has_version || group == 1 : mode != 4 && (named || dice.rarely(5))) {
      row.cells.push_back(cell_write(writer, cell, dice.rarely(6) ? Op::empty : Op::set, dice));
    }
  }
  if (row.cells.empty()) {
    row.cells.push_back(cell_write(writer, {row.table, row.key, 1}, Op::set, dice));
  }
  return row;
}

sync::CellWrite RandomWorld::cell_write(const Writer& writer, const Cell& cell, Op op,
                                        Dice& dice) const {
  sync::CellWrite result{cell.group, op, {}, over(writer, cell, dice)};
  if (op != Op::set) return result;
  const sync::Table* table = world_.schema.find(cell.table);
  result.values = some_values(table ? table->find(cell.group) : nullptr, dice.roll(kPersons), dice);
  return result;
}

/// Mostly what the writer would see on top; sometimes some of what it knows, sometimes anything.
std::vector<Over> RandomWorld::over(const Writer& writer, const Cell& cell, Dice& dice) const {
  const std::size_t how = dice.roll(6);
  std::vector<Over> result;
  if (how < 4) result = tops(writer, cell);
  if (how == 3 || how == 4) {
    for (const std::size_t leaf : writer.known) {
      if ((how == 3 || find(leaf, cell)) && dice.rarely(3)) {
        result.push_back({world_.leaves[leaf].name});
      }
    }
  }
  if (how == 3 && dice.rarely(2)) {
    result.push_back({});
    result.back().leaf.bytes.fill(0xfe);
  }
  const auto order = [](const Over& a, const Over& b) { return a.leaf < b.leaf; };
  std::ranges::sort(result, order);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

/// The versions of the cell that the writer knows and that no other of them names.
std::vector<Over> RandomWorld::tops(const Writer& writer, const Cell& cell) const {
  std::set<Hash> named;
  for (const std::size_t leaf : writer.known) {
    if (const auto* write = find(leaf, cell)) {
      for (const Over& over : write->over) named.insert(over.leaf);
    }
  }
  std::vector<Over> result;
  for (const std::size_t leaf : writer.known) {
    const Hash& name = world_.leaves[leaf].name;
    if (find(leaf, cell) && !named.contains(name)) result.push_back({name});
  }
  return result;
}

const sync::CellWrite* RandomWorld::find(std::size_t leaf, const Cell& cell) const {
  const auto* edit = std::get_if<sync::Edit>(&world_.leaves[leaf].transaction.body);
  if (!edit) return nullptr;
  for (const sync::RowWrite& row : edit->rows) {
    if (row.table != cell.table || row.key != cell.key) continue;
    for (const sync::CellWrite& write : row.cells) {
      if (write.group == cell.group) return &write;
    }
  }
  return nullptr;
}

sync::Act RandomWorld::act(std::size_t kind, Dice& dice) const {
  sync::Act result;
  const sync::Time from{static_cast<std::int64_t>(dice.roll(16))};
  switch (kind) {
    case 0: {
      sync::VoidAccount account{dice.pick(kAuthors), from, {}};
      if (dice.rarely(2)) account.until = sync::Time{static_cast<std::int64_t>(dice.roll(16))};
      result.what = account;
      break;
    }
    case 1:
      result.what = sync::VoidSite{site(dice.roll(kSites)), 1 + dice.roll(6), 1 + dice.roll(3)};
      break;
    case 2:
      result.what = sync::Revoke{some_act(dice)};
      break;
    default:
      result.what = sync::Forget{static_cast<std::int64_t>(dice.roll(kPersons))};
  }
  return result;
}

/// Mostly an act's name; sometimes an edit's, or nobody's.
Hash RandomWorld::some_act(Dice& dice) const {
  std::vector<Hash> names;
  for (const model::Leaf& leaf : world_.leaves) {
    const bool is_act = std::holds_alternative<sync::Act>(leaf.transaction.body);
    if (is_act || dice.rarely(16)) names.push_back(leaf.name);
  }
  return names.empty() ? Hash{} : names[names.size() - 1 - dice.roll(names.size())];
}

model::World RandomWorld::part(std::uint32_t seed) const {
  std::mt19937 random(seed);
  std::set<std::size_t> chosen;
  for (std::size_t i = 0; i < world_.leaves.size(); ++i) {
    if (random() % 4 != 0) continue;
    chosen.insert(i);
    chosen.insert(past_[i].begin(), past_[i].end());
  }
  model::World result = world_;
  result.leaves.clear();
  for (const std::size_t i : chosen) result.leaves.push_back(world_.leaves[i]);
  return result;
}

}  // namespace zimnik::property
