#include "tests/property/world_schema.h"

#include <array>
#include <string>

namespace zimnik::property {
namespace {

using sync::Column;
using sync::ColumnType;
using sync::Stream;
using sync::Value;

std::int64_t basis(std::span<const Value> values) { return is_null(values[1]) ? 0 : 1; }
bool refusal(std::span<const Value> values) { return values[0] == Value{std::int64_t{1}}; }

/// A key id says whose it is, and which of the person's keys.
sync::Cipher cipher(std::size_t person, std::size_t key, std::size_t plain) {
  sync::Cipher result;
  result.key.bytes[0] = static_cast<std::uint8_t>(person);
  result.key.bytes[1] = static_cast<std::uint8_t>(key);
  // Under each of the keys the same value has other bytes.
  result.bytes = {static_cast<char>('0' + key), static_cast<char>('a' + plain)};
  return result;
}

Value some_value(ColumnType type, Dice& dice) {
  const std::size_t which = dice.roll(4);
  if (which == 3) return sync::Null{};
  switch (type) {
    case ColumnType::integer:
      return static_cast<std::int64_t>(which);
    case ColumnType::real:
      return static_cast<double>(which) / 2;
    case ColumnType::text:
      return sync::Text{std::string(1, static_cast<char>('a' + which))};
    case ColumnType::blob:
      return sync::Blob{std::string(which, 'b')};
    case ColumnType::any:
      break;
  }
  return some_value(std::array{ColumnType::integer, ColumnType::real, ColumnType::text}[which],
                    dice);
}

}  // namespace

sync::Schema world_schema() {
  const Column lesson{"lesson", ColumnType::integer}, pupil{"pupil", ColumnType::text},
      id{"id", ColumnType::integer};
  sync::Schema schema;
  schema.tables = {
      {kMark,
       "mark",
       Stream::shared,
       {lesson, pupil},
       {{1,
         "value",
         {{"value", ColumnType::integer}, {"comment", ColumnType::text}},
         sync::authority(basis)},
        {2, "kind", {{"kind", ColumnType::text}}},
        {3,
         "weight",
         {{"weight", ColumnType::real}, {"extra", ColumnType::any}},
         sync::value_beats_clear()}},
       {}},
      {kPerson,
       "person",
       Stream::shared,
       {id},
       {{1, "name", {{"name", ColumnType::text, "id"}, {"role", ColumnType::text}}},
        {2, "granted", {{"granted", ColumnType::integer}}, sync::revocation_wins(refusal)},
        // Worlds without a personal column of type `any`: there the core takes plain values too.
        {3, "phone", {{"phone", ColumnType::text, "id"}}, sync::value_beats_clear()}},
       1},
      {kNote,
       "note",
       Stream::shared,
       {id},
       {{1, "about", {{"person", ColumnType::integer}, {"note", ColumnType::text, "person"}}},
        {2, "picture", {{"picture", ColumnType::blob}}}},
       1},
      {kVisit,
       "visit",
       Stream::school,
       {id},
       {{1, "reason", {{"reason", ColumnType::text, "id"}}, sync::value_beats_clear()},
        {2, "done", {{"done", ColumnType::integer}}}},
       {}}};
  return schema;
}

std::map<model::GroupId, model::PolicyRule> world_policies() {
  using model::PolicyKind;
  return {{{kMark, 1}, {PolicyKind::authority, basis, {}}},
          {{kMark, 3}, {PolicyKind::value_beats_clear, {}, {}}},
          {{kPerson, 2}, {PolicyKind::revocation_wins, {}, refusal}},
          {{kPerson, 3}, {PolicyKind::value_beats_clear, {}, {}}},
          {{kVisit, 1}, {PolicyKind::value_beats_clear, {}, {}}}};
}

Value some_key_value(ColumnType type, std::size_t which, Dice& dice) {
  if (dice.rarely(32)) return sync::Null{};
  const bool is_text = (type == ColumnType::text) != dice.rarely(24);
  if (is_text) return sync::Text{which ? "b" : "a"};
  return static_cast<std::int64_t>(which);
}

std::vector<Value> some_values(const sync::Group* group, std::size_t person, Dice& dice) {
  std::vector<Value> values;
  const std::vector<Column> unknown{{"anything", ColumnType::any}};
  const bool wrong_type = dice.rarely(12);
  for (const Column& column : group ? group->columns : unknown) {
    const bool hidden = !column.person.empty() && !dice.rarely(8);
    if (hidden) {
      values.push_back(cipher(person, dice.roll(2), dice.roll(3)));
    } else if (wrong_type) {
      values.push_back(sync::Blob{"wrong"});
    } else if (column.name == "person") {
      values.push_back(static_cast<std::int64_t>(person));
    } else {
      values.push_back(some_value(column.type, dice));
    }
  }
  if (dice.rarely(20)) values.push_back(sync::Null{});
  return values;
}

}  // namespace zimnik::property
