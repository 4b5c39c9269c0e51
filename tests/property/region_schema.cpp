#include "tests/property/region_schema.h"

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

Table mark_table(bool is_new) {
  Table table{1,
              "mark",
              Stream::shared,
              {{"lesson", ColumnType::integer}, {"pupil", ColumnType::text}},
              {value_group(), {2, "kind", {{"kind", ColumnType::text}}}},
              {}};
  if (is_new) {
    table.groups.push_back(
        {3, "weight", {{"weight", ColumnType::real}}, sync::value_beats_clear()});
  }
  return table;
}

Table person_table(bool is_new) {
  Table table{2,
              "person",
              Stream::shared,
              {{"id", ColumnType::integer}},
              {{1, "name", {{"first", ColumnType::text, "id"}, {"last", ColumnType::text, "id"}}},
               {2, "granted", {{"granted", ColumnType::integer}}, sync::revocation_wins(refusal)}},
              1};
  if (is_new) table.groups.push_back({3, "phone", {{"phone", ColumnType::any, "id"}}});
  return table;
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

Table visit_table() {
  return {4,
          "visit",
          Stream::school,
          {{"id", ColumnType::integer}, {"day", ColumnType::integer}},
          {{1, "reason", {{"reason", ColumnType::text, "id"}}},
           {2, "done", {{"done", ColumnType::integer}}, sync::value_beats_clear()}},
          {}};
}

}  // namespace

sync::Schema region_schema(std::uint32_t version) {
  const bool is_new = version >= kNewSchema;
  sync::Schema schema;
  schema.version = version;
  schema.tables = {mark_table(is_new), person_table(is_new)};
  if (is_new) schema.tables.push_back(note_table());
  schema.tables.push_back(visit_table());
  return schema;
}

std::map<model::GroupId, model::PolicyRule> region_policies() {
  using model::PolicyKind;
  return {{{1, 1}, {PolicyKind::authority, basis, {}}},
          {{1, 3}, {PolicyKind::value_beats_clear, {}, {}}},
          {{2, 2}, {PolicyKind::revocation_wins, {}, refusal}},
          {{4, 2}, {PolicyKind::value_beats_clear, {}, {}}}};
}

}  // namespace zimnik::property
