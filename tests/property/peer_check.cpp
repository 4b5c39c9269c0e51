#include "tests/property/peer_check.h"

#include <rapidcheck.h>

#include <array>
#include <map>

#include "tests/model/naive_review.h"
#include "tests/property/print_world.h"

namespace zimnik::property {
namespace {

using sync::Hash;
using sync::Key;
using sync::Listed;
using sync::RowFold;
using sync::Value;
using Lines = std::set<std::string>;

/// What can't be read is shown as nothing.
Value visible(const Value& value) {
  return std::holds_alternative<sync::Cipher>(value) ? Value{sync::Null{}} : value;
}

std::string join(const std::vector<Value>& values) {
  std::string result;
  for (const Value& value : values) result += ' ' + print(visible(value));
  return result;
}

std::string line_of(const sync::Table& table, const Key& key, const std::vector<Value>& values) {
  return table.name + join(key_values(key)) + ":" + join(values);
}

/// The values of all columns of a shown row.
std::vector<Value> shown_values(const sync::Table& table, const model::RowState& row) {
  std::vector<Value> result;
  for (const auto& group : table.groups) {
    const auto cell = row.cells.find(group.id);
    const std::vector<Value> nothing(group.columns.size(), sync::Null{});
    const auto& values = cell == row.cells.end() ? nothing : cell->second.values;
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

std::string listed_line(std::uint32_t table, const Key& key, std::uint32_t group,
                        Listed::Reason reason) {
  static constexpr std::array kReasons{"?", "conflict", "deleted but edited", "orphaned"};
  return "table " + std::to_string(table) + join(key_values(key)) + " group " +
         std::to_string(group) + ": " + kReasons.at(static_cast<std::size_t>(reason));
}

Lines listed_lines(const model::World& world, const model::Fold& fold) {
  Lines result;
  for (const auto& [name, row] : fold.rows) {
    const auto& [table, key] = name;
    if (!world.schema.find(table)) continue;
    if (row.deleted_but_edited) {
      result.insert(listed_line(table, key, 0, Listed::Reason::deleted_but_edited));
    }
    if (row.state == RowFold::State::orphaned) {
      result.insert(listed_line(table, key, 0, Listed::Reason::orphaned));
    }
    for (const auto& [group, cell] : row.cells) {
      if (cell.conflict) {
        result.insert(listed_line(table, key, group, Listed::Reason::conflict));
      }
    }
  }
  return result;
}

std::string item_line(sync::Status status, sync::Op op, const sync::Origin& origin,
                      const Hash& leaf, const std::vector<Value>& values) {
  return leaf.hex().substr(0, 8) + ' ' + name_of(status) + " op " +
         std::to_string(static_cast<int>(op)) + " by " + origin.author + " rank " +
         std::to_string(origin.rank) + (op == sync::Op::set ? join(values) : std::string());
}

/// One line for each version of the cell, in the order of arrival.
std::vector<std::string> history_lines(const model::World& world, const model::Fold& fold,
                                       const model::RowName& row, std::uint32_t group) {
  std::vector<std::string> result;
  for (const model::Leaf& leaf : world.leaves) {
    const auto* edit = std::get_if<sync::Edit>(&leaf.transaction.body);
    if (!edit) continue;
    for (const sync::RowWrite& write : edit->rows) {
      for (const sync::CellWrite& cell : write.cells) {
        if (model::RowName{write.table, write.key} != row || cell.group != group) continue;
        const model::VersionName name{leaf.name, row.first, row.second, group};
        result.push_back(item_line(fold.statuses.at(name), cell.op, leaf.transaction.origin,
                                   leaf.name, fold.values.at(name)));
      }
    }
  }
  return result;
}

}  // namespace

Lines table_lines(const Peer& peer) {
  Lines result;
  for (const sync::Table& table : peer.schema().tables) {
    for (const auto& [key, values] : read_rows(peer.replica->database(), table)) {
      result.insert(line_of(table, key, values));
    }
  }
  return result;
}

Lines table_lines(const model::World& world, const model::Fold& fold) {
  Lines result;
  for (const auto& [name, row] : fold.rows) {
    const sync::Table* table = world.schema.find(name.first);
    if (table && row.state == RowFold::State::live) {
      result.insert(line_of(*table, name.second, shown_values(*table, row)));
    }
  }
  return result;
}

void check_state(const Peer& peer) {
  const model::World world = peer.world();
  const model::Fold fold = model::fold(world);
  RC_ASSERT(table_lines(peer) == table_lines(world, fold));
  Lines listed;
  for (const Listed& item : peer.replica->listed()) {
    const bool once =
        listed.insert(listed_line(item.table, item.key, item.group, item.reason)).second;
    RC_ASSERT(once);
  }
  RC_ASSERT(listed == listed_lines(world, fold));
}

void check_history(const Peer& peer) {
  const model::World world = peer.world();
  const model::Fold fold = model::fold(world);
  for (const auto& [name, row] : fold.rows) {
    const sync::Table* table = world.schema.find(name.first);
    if (!table) continue;
    for (const auto& [group, cell] : row.cells) {
      if (!cell.known) continue;
      std::vector<std::string> lines;
      for (const auto& item :
           peer.replica->history(table->name, name.second, table->find(group)->name)) {
        lines.push_back(item_line(item.status, item.op, item.origin, item.stamp.leaf, item.values));
      }
      RC_ASSERT(lines == history_lines(world, fold, name, group));
    }
  }
}

Reviewed check_reviews(const Peer& peer) {
  Reviewed result;
  const model::World world = peer.world();
  const model::Acts acts(world);
  const model::Fold fold = model::fold(world);
  std::map<std::uint64_t, Hash> names;
  for (const auto& [arrival, leaf] : peer.held()) names[arrival] = leaf.name;
  for (const model::Leaf& act : world.leaves) {
    const auto* what = std::get_if<sync::Act>(&act.transaction.body);
    if (!what || std::holds_alternative<sync::Revoke>(what->what)) continue;  // those list nothing
    const auto review = peer.replica->review(act.name);
    RC_ASSERT(review.in_force == acts.in_force(act.name));
    const auto expected = review.in_force ? model::review(world, acts, fold, act) : model::Review{};
    std::set<Hash> unseen;
    for (const auto arrival : review.unseen) unseen.insert(names.at(arrival));
    RC_ASSERT(unseen == expected.unseen);
    std::set<model::VersionName> over_void;
    for (const auto& it : review.over_void) {
      over_void.insert({names.at(it.arrival), it.table, it.key, it.group});
    }
    RC_ASSERT(over_void == expected.over_void);
    result.unseen += unseen.size();
    result.over_void += over_void.size();
  }
  return result;
}

void check_verified(const Peer& peer) {
  RC_ASSERT(peer.replica->verify() == std::vector<std::string>{});
}

}  // namespace zimnik::property
