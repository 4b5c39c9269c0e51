#include "tests/property/random_command.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/property/peer.h"
#include "tests/property/print_world.h"
#include "tests/property/region_schema.h"

namespace zimnik::property {
namespace {

using sync::ColumnType;
using sync::Key;
using sync::Table;
using sync::Value;
using What = RowDeed::What;
using Setting = std::pair<std::string, Value>;

std::vector<Value> slice(const std::vector<Value>& row, const Table& table, std::uint32_t group) {
  const auto from = row.begin() + static_cast<std::ptrdiff_t>(offset_of(table, group));
  return {from, from + static_cast<std::ptrdiff_t>(table.find(group)->columns.size())};
}

std::optional<std::vector<Value>> row_of(sync::Database& database, const Table& table,
                                         const Key& key) {
  const TableRows rows = read_rows(database, table);
  const auto found = rows.find(key);
  return found == rows.end() ? std::nullopt : std::optional(found->second);
}

std::string key_condition(const Table& table) {
  std::string result;
  for (const auto& column : table.key) {
    result += (result.empty() ? " WHERE " : " AND ") + column.name + " = ?";
  }
  return result;
}

void run(sync::Database& database, const std::string& sql, const std::vector<Value>& values) {
  auto statement = database.prepare(sql);
  for (std::size_t i = 0; i < values.size(); ++i) {
    statement.bind(static_cast<int>(i) + 1, values[i]);
  }
  statement.run();
}

const char* name_of(What what) {
  static constexpr std::array kNames{"insert", "update", "erase", "rewrite", "keep", "nothing"};
  return kNames[static_cast<std::size_t>(what)];
}

}  // namespace

std::vector<Value> RowDeed::typed(std::uint32_t group) const {
  return slice(*after, *table, group);
}

bool RowDeed::changed(std::uint32_t group) const {
  return slice(*before, *table, group) != slice(*after, *table, group);
}

void RandomCommand::run(sync::Command& command) {
  for (std::size_t count = 1 + dice_.roll(3) / 2; count > 0; --count) touch_row(command);
}

void RandomCommand::touch_row(sync::Command& command) {
  RowDeed deed;
  deed.table = dice_.rarely(3) ? schema_.find("person") : &dice_.pick(schema_.tables);
  deed.key = sync::make_key(some_key(*deed.table));
  const bool again = std::ranges::any_of(deeds_, [&](const RowDeed& other) {
    return other.table == deed.table && other.key == deed.key;
  });
  if (again) return;
  deed.before = row_of(command.database(), *deed.table, deed.key);
  const std::size_t choice = dice_.roll(9);
  if (!deed.before) {
    deed.what = choice == 8 ? What::update : What::insert;
  } else {
    deed.what = std::array{What::update, What::update, What::update,  What::erase, What::erase,
                           What::update, What::keep,   What::rewrite, What::insert}[choice];
  }
  deeds_.push_back(deed);
  RowDeed& done = deeds_.back();
  if (deed.what == What::erase || deed.what == What::rewrite) erase(command, deed);
  if (deed.what == What::insert || deed.what == What::rewrite) insert(command, deed);
  if (deed.what == What::update) update(command, deed);
  if (deed.what == What::keep) {
    const auto& group = dice_.pick(deed.table->groups);
    done.kept = group.id;
    command.keep(deed.table->name, deed.key, group.name);
  }
  done.after = row_of(command.database(), *deed.table, deed.key);
  if (!done.before && !done.after) done.what = What::nothing;
}

/// Of a row that is there already, this throws: the key is taken.
void RandomCommand::insert(sync::Command& command, const RowDeed& deed) {
  std::string names;
  std::string marks;
  std::vector<Value> values = key_values(deed.key);
  for (const auto& column : deed.table->key) {
    names += (names.empty() ? "" : ", ") + column.name;
    marks += marks.empty() ? "?" : ", ?";
  }
  for (const auto& group : deed.table->groups) {
    if (dice_.rarely(3)) continue;
    for (const auto& column : group.columns) {
      names += ", " + column.name;
      marks += ", ?";
      values.push_back(some_value(column));
    }
  }
  property::run(command.database(),
                "INSERT INTO " + deed.table->name + " (" + names + ") VALUES (" + marks + ")",
                values);
}

/// One column, or all of a group.
void RandomCommand::update(sync::Command& command, const RowDeed& deed) {
  const auto& group = dice_.pick(deed.table->groups);
  const std::size_t only = dice_.roll(group.columns.size() + 1);
  std::string settings;
  std::vector<Value> values;
  for (std::size_t i = 0; i < group.columns.size(); ++i) {
    if (only < group.columns.size() && i != only) continue;
    settings += (settings.empty() ? "" : ", ") + group.columns[i].name + " = ?";
    values.push_back(some_value(group.columns[i]));
  }
  const auto key = key_values(deed.key);
  values.insert(values.end(), key.begin(), key.end());
  property::run(command.database(),
                "UPDATE " + deed.table->name + " SET " + settings + key_condition(*deed.table),
                values);
}

void RandomCommand::erase(sync::Command& command, const RowDeed& deed) {
  property::run(command.database(), "DELETE FROM " + deed.table->name + key_condition(*deed.table),
                key_values(deed.key));
}

std::vector<Value> RandomCommand::some_key(const Table& table) {
  std::vector<Value> key;
  for (const auto& column : table.key) {
    if (column.type == ColumnType::text) {
      key.push_back(sync::Text{dice_.roll(2) ? "b" : "a"});
    } else if (column.name == "id" && table.name != "note") {
      const auto person = static_cast<std::int64_t>(dice_.roll(kPersonsOfRegion));
      key.push_back(kFirstPerson + person);
    } else {
      key.push_back(1 + static_cast<std::int64_t>(dice_.roll(2)));
    }
  }
  return key;
}

Value RandomCommand::some_value(const sync::Column& column) {
  static const std::array<Value, 4> integers{Value{std::int64_t{3}}, Value{std::int64_t{4}},
                                             Value{std::int64_t{0}}, Value{sync::Null{}}};
  static const std::array<Value, 4> reals{Value{0.5}, Value{1.0}, Value{-2.25},
                                          Value{sync::Null{}}};
  static const std::array<Value, 4> texts{Value{sync::Text{"a"}}, Value{sync::Text{"б"}},
                                          Value{sync::Text{"order"}}, Value{sync::Null{}}};
  static const std::array<Value, 4> blobs{Value{sync::Blob{"a"}}, Value{sync::Blob{}},
                                          Value{sync::Blob{std::string(3, '\0')}},
                                          Value{sync::Null{}}};
  const std::size_t which = dice_.roll(4);
  if (column.name == "person" && which < kPersonsOfRegion) {
    return kFirstPerson + static_cast<std::int64_t>(which);
  }
  switch (column.type) {
    case ColumnType::integer:
      return integers[which];
    case ColumnType::real:
      return reals[which];
    case ColumnType::text:
      return texts[which];
    case ColumnType::blob:
      return blobs[which];
    case ColumnType::any:
      break;
  }
  return dice_.roll(2) ? texts[which] : integers[which];
}

std::string RandomCommand::describe() const {
  std::string result;
  for (const RowDeed& deed : deeds_) {
    result += std::string("  ") + name_of(deed.what) + ' ' + deed.table->name;
    for (const Value& value : key_values(deed.key)) result += ' ' + print(value);
    result += deed.after ? ":" : "";
    for (const Value& value : deed.after.value_or(std::vector<Value>{})) {
      result += ' ' + print(value);
    }
    result += '\n';
  }
  return result;
}

}  // namespace zimnik::property
