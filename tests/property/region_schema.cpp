#include "tests/property/region_schema.h"

#include <initializer_list>
#include <utility>
#include <vector>

namespace zimnik::property {
namespace {

using sync::Column;
using sync::ColumnType;
using sync::Group;
using sync::Stream;
using sync::Table;
using sync::Value;

/// The comment "order" stands for an order.
std::int64_t basis(std::span<const Value> values) {
  return values[1] == Value{sync::Text{"order"}} ? 1 : 0;
}
bool refusal(std::span<const Value> values) { return values[0] == Value{std::int64_t{0}}; }

Group value_group() {
  return {1,
          "value",
          {{"value", ColumnType::integer}, {"comment", ColumnType::text}},
          sync::authority(basis)};
}

/// The groups that a schema of this version has, of those that are named with the version that
/// brought them.
std::vector<Group> since(std::uint32_t version,
                         std::initializer_list<std::pair<std::uint32_t, Group>> groups) {
  std::vector<Group> result;
  for (const auto& [first, group] : groups) {
    if (first <= version) result.push_back(group);
  }
  return result;
}

Table mark_table(std::uint32_t version) {
  return {1,
          "mark",
          Stream::shared,
          {{"lesson", ColumnType::integer}, {"pupil", ColumnType::text}},
          since(version,
                {{1, value_group()},
                 {2, {2, "kind", {{"kind", ColumnType::text}}}},
                 {3, {3, "weight", {{"weight", ColumnType::real}}, sync::value_beats_clear()}}}),
          {}};
}

Table person_table(std::uint32_t version) {
  const Group granted{
      2, "granted", {{"granted", ColumnType::integer}}, sync::revocation_wins(refusal)};
  const Group barred{
      3, "barred", {{"barred", ColumnType::integer}}, sync::revocation_wins(refusal)};
  return {
      2,
      "person",
      Stream::shared,
      {{"id", ColumnType::integer}},
      since(
          version,
          {{1, {1, "name", {{"first", ColumnType::text, "id"}, {"last", ColumnType::text, "id"}}}},
           {1, granted},
           {2, barred},
           {4, {4, "phone", {{"phone", ColumnType::any, "id"}}}}}),
      1};
}

Table note_table() {
  return {3,
          "note",
          Stream::shared,
          {{"id", ColumnType::integer}},
          {{1, "about", {{"person", ColumnType::integer}, {"note", ColumnType::text, "person"}}},
           {2, "picture", {{"picture", ColumnType::blob}}}},
          1};
}

Table visit_table(std::uint32_t version) {
  return {4,
          "visit",
          Stream::school,
          {{"id", ColumnType::integer}, {"day", ColumnType::integer}},
          since(version,
                {{1, {1, "reason", {{"reason", ColumnType::text, "id"}}}},
                 {3, {2, "done", {{"done", ColumnType::integer}}, sync::value_beats_clear()}}}),
          {}};
}

}  // namespace

sync::Schema region_schema(std::uint32_t version) {
  sync::Schema schema;
  schema.version = version;
  schema.tables = {mark_table(version), person_table(version)};
  if (version >= 2) schema.tables.push_back(note_table());
  schema.tables.push_back(visit_table(version));
  return schema;
}

std::map<model::GroupId, model::PolicyRule> region_policies() {
  using model::PolicyKind;
  return {{{1, 1}, {PolicyKind::authority, basis, {}}},
          {{1, 3}, {PolicyKind::value_beats_clear, {}, {}}},
          {{2, 2}, {PolicyKind::revocation_wins, {}, refusal}},
          {{2, 3}, {PolicyKind::revocation_wins, {}, refusal}},
          {{4, 2}, {PolicyKind::value_beats_clear, {}, {}}}};
}

}  // namespace zimnik::property
