#include "tests/property/save_check.h"

#include <rapidcheck.h>

#include <algorithm>

#include "tests/model/naive_acts.h"
#include "tests/property/print_world.h"

namespace zimnik::property {
namespace {

using sync::CellWrite;
using sync::Hash;
using sync::Null;
using sync::Op;
using sync::Value;
using Groups = std::set<std::uint32_t>;
using What = RowDeed::What;

bool all_null(const std::vector<Value>& values) {
  return std::ranges::all_of(values, [](const Value& value) { return is_null(value); });
}

/// The groups of the row's cells that have a version, and those that have a head.
struct RowCells {
  Groups versions, heads;
};

RowCells cells_of(const model::Fold& fold, const RowDeed& deed) {
  RowCells result;
  const auto row = fold.rows.find({deed.table->id, deed.key});
  if (row == fold.rows.end()) return result;
  for (const auto& [group, cell] : row->second.cells) {
    result.versions.insert(group);
    if (!cell.heads.empty()) result.heads.insert(group);
  }
  return result;
}

/// Which groups the deed must have written, and which it may have.
struct Bounds {
  Groups must, may;
};

Bounds bounds_of_change(const RowDeed& deed) {
  Bounds result;
  for (const auto& group : deed.table->groups) {
    if (deed.kept == group.id || deed.changed(group.id)) result.must.insert(group.id);
  }
  result.may = result.must;
  return result;
}

/// A create writes the identifying cell, the cells that were given a value, and all that have
/// heads: of groups that aren't known here, too.
Bounds bounds_of_create(const RowDeed& deed, const RowCells& cells) {
  Bounds result{cells.heads, cells.versions};
  if (deed.table->identifying) result.must.insert(*deed.table->identifying);
  for (const auto& group : deed.table->groups) {
    if (!all_null(deed.typed(group.id))) result.must.insert(group.id);
    result.may.insert(group.id);
  }
  return result;
}

Bounds bounds_of(const RowDeed& deed, const RowCells& cells) {
  switch (deed.what) {
    case What::insert:
    case What::rewrite:
      return bounds_of_create(deed, cells);
    case What::erase:
      return {cells.heads, cells.versions};
    case What::update:
    case What::keep:
      return bounds_of_change(deed);
    case What::nothing:
      break;
  }
  return {};
}

/// A cell as it was written, opened; personal values never lie in the clear.
std::vector<Value> opened(const model::World& world, const sync::RowWrite& row,
                          const CellWrite& cell, const sync::Group& group) {
  if (cell.op != Op::set) return std::vector<Value>(group.columns.size(), Null{});
  std::vector<Value> result = cell.values;
  RC_ASSERT(result.size() == group.columns.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto* cipher = std::get_if<sync::Cipher>(&result[i]);
    const bool personal = !group.columns[i].person.empty();
    RC_ASSERT(is_null(result[i]) || personal == (cipher != nullptr));
    const model::ColumnPlace place{row.table, row.key, group.id, static_cast<std::uint32_t>(i)};
    if (cipher) result[i] = world.open(place, *cipher).value();
  }
  return result;
}

/// The value of a column of the row's key or of the group, as it is at the end of the command.
Value value_of(const RowDeed& deed, const sync::Group& group, const std::string& column) {
  const auto key = key_values(deed.key);
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (deed.table->key[i].name == column) return key[i];
  }
  for (std::size_t i = 0; i < group.columns.size(); ++i) {
    if (group.columns[i].name == column && deed.after) return deed.typed(group.id)[i];
  }
  return Null{};
}

/// Nothing personal is written about whom the writer's replica knows to be forgotten.
void check_persons(const SaveRecord& save, const RowDeed& deed, const CellWrite& cell) {
  const sync::Group* group = deed.table->find(cell.group);
  const model::Acts acts(save.before);
  for (const auto& column : group ? group->columns : std::vector<sync::Column>{}) {
    const bool given = !column.person.empty() && !is_null(value_of(deed, *group, column.name));
    RC_ASSERT(!given || !acts.forgets(value_of(deed, *group, column.person)));
  }
}

void check_values(const SaveRecord& save, const RowDeed& deed, const sync::RowWrite& row,
                  const CellWrite& cell) {
  if (deed.what == What::erase) {
    RC_ASSERT(cell.op == Op::tombstone);
    return;
  }
  RC_ASSERT(cell.op != Op::tombstone);
  check_persons(save, deed, cell);
  const sync::Group* group = deed.table->find(cell.group);
  if (group) {
    RC_ASSERT(opened(save.before, row, cell, *group) == deed.typed(cell.group));
  } else {
    RC_ASSERT(cell.op == Op::empty);
  }
}

void check_over(const SaveRecord& save, const sync::RowWrite& row, const CellWrite& cell) {
  std::set<Hash> named;
  for (const sync::Over& over : cell.over) named.insert(over.leaf);
  RC_ASSERT(named.size() == cell.over.size());
  const model::Save saved{save.peer.id(), save.entry.id.page, save.entry.seen.site,
                          save.entry.seen.arrival};
  RC_LOG() << "over of table " << row.table << " group " << cell.group << '\n';
  RC_ASSERT(named == model::expected_over(save.before, save.held_before, saved,
                                          {row.table, row.key}, cell.group));
}

void check_row(const SaveRecord& save, const model::Fold& fold, const RowDeed& deed,
               const sync::RowWrite* row) {
  const Bounds bounds = bounds_of(deed, cells_of(fold, deed));
  Groups written;
  for (const CellWrite& cell : row ? row->cells : std::vector<CellWrite>{}) {
    written.insert(cell.group);
    check_values(save, deed, *row, cell);
    check_over(save, *row, cell);
  }
  RC_LOG() << "groups of table " << deed.table->name << " key "
           << print(key_values(deed.key).front()) << '\n';
  RC_ASSERT(std::ranges::includes(written, bounds.must));
  RC_ASSERT(std::ranges::includes(bounds.may, written));
}

std::int64_t basis_of(const model::World& world, model::GroupId id,
                      const std::vector<Value>& values) {
  const auto rule = world.policies.find(id);
  return rule == world.policies.end() || !rule->second.basis ? 0 : rule->second.basis(values);
}

/// Whether a version of the row has more weight than what the entry could write.
bool has_heavier_version(const SaveRecord& save, const RowDeed& deed) {
  const model::Fold fold = model::fold(save.before);
  return std::ranges::any_of(save.before.leaves, [&](const model::Leaf& leaf) {
    const auto* edit = std::get_if<sync::Edit>(&leaf.transaction.body);
    if (!edit) return false;
    return std::ranges::any_of(edit->rows, [&](const sync::RowWrite& row) {
      if (row.table != deed.table->id || row.key != deed.key) return false;
      return leaf.transaction.origin.rank > save.entry.origin.rank ||
             std::ranges::any_of(row.cells, [&](const CellWrite& cell) {
               const auto values = fold.values.find({leaf.name, row.table, row.key, cell.group});
               return values != fold.values.end() &&
                      basis_of(save.before, {row.table, cell.group}, values->second) > 0;
             });
    });
  });
}

/// Whether a value of the row can't be enciphered or sealed here: no key is at hand, or it is
/// about nobody, or about somebody who is forgotten.
bool lacks_key(const SaveRecord& save, const RowDeed& deed) {
  if (deed.table->stream == sync::Stream::school && !save.peer.keys.school_key()) return true;
  const model::Acts acts(save.before);
  return std::ranges::any_of(deed.table->groups, [&](const sync::Group& group) {
    return std::ranges::any_of(group.columns, [&](const sync::Column& column) {
      if (column.person.empty()) return false;
      const Value person = value_of(deed, group, column.person);
      if (is_null(person)) return !is_null(value_of(deed, group, column.name));
      return !save.peer.keys.key_of(person) || acts.forgets(person);
    });
  });
}

/// Whether it is a new row without a cell.
bool gives_nothing(const RowDeed& deed) {
  return !deed.before && deed.after && !deed.table->identifying && all_null(*deed.after);
}

/// The only write of this row among the leaves, or null.
const sync::RowWrite* find_write(const std::vector<model::Arrived>& written, const RowDeed& deed) {
  const sync::RowWrite* result = nullptr;
  for (const auto& [arrival, leaf] : written) {
    for (const sync::RowWrite& row : std::get<sync::Edit>(leaf.transaction.body).rows) {
      if (row.table != deed.table->id || row.key != deed.key) continue;
      RC_ASSERT(result == nullptr);
      result = &row;
    }
  }
  return result;
}

}  // namespace

void check_save(const SaveRecord& save, sync::Saved answer,
                const std::vector<model::Arrived>& written) {
  std::size_t rows = 0;
  for (const auto& [arrival, leaf] : written) {
    RC_ASSERT(leaf.log.site == save.peer.id());
    RC_ASSERT(leaf.transaction.origin == save.entry.origin);
    RC_ASSERT(leaf.transaction.time == save.entry.time);
    RC_ASSERT(leaf.transaction.entry == save.entry.id);
    rows += std::get<sync::Edit>(leaf.transaction.body).rows.size();
  }
  RC_ASSERT((answer == sync::Saved::written) == !written.empty());
  const model::Fold fold = model::fold(save.before);
  for (const RowDeed& deed : save.deeds) {
    const sync::RowWrite* row = find_write(written, deed);
    check_row(save, fold, deed, row);
    rows -= row ? 1 : 0;
  }
  RC_ASSERT(rows == 0u);
}

void check_refusal(const SaveRecord& save) {
  RC_ASSERT(std::ranges::any_of(save.deeds, [&](const RowDeed& deed) {
    return has_heavier_version(save, deed) || lacks_key(save, deed) || gives_nothing(deed);
  }));
}

}  // namespace zimnik::property
