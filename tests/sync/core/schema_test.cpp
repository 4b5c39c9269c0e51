#include "sync/core/schema.h"

#include <catch2/catch.hpp>

#include "sync/core/limits.h"
#include "tests/sync/core/samples.h"

using namespace zimnik::sync;
using namespace zimnik::sync::test;
using Catch::Contains;

namespace {

Schema good() {
  Schema schema;
  Table person{1, "person", Stream::shared, {{"id", ColumnType::integer}}, {}, 1};
  person.groups = {{1, "name", {{"name", ColumnType::text, "id"}, {"since", ColumnType::integer}}},
                   {4, "weight", {{"weight", ColumnType::real}, {"seal", ColumnType::blob}}}};
  Table note{3,  "note", Stream::school, {{"day", ColumnType::text}, {"no", ColumnType::integer}},
             {}, {}};
  note.groups = {
      {1, "body", {{"body", ColumnType::any, "writer"}, {"writer", ColumnType::integer}}}};
  schema.tables = {person, note};
  return schema;
}

/// What check says of the good schema after a change.
template <class Change>
std::string complaint(Change change) {
  auto schema = good();
  change(schema);
  try {
    check(schema);
  } catch (const std::invalid_argument& complaint) {
    return complaint.what();
  }
  return {};
}

template <class Change>
std::string complaint_of_release(Change change) {
  auto newer = good();
  change(newer);
  try {
    check_append_only(good(), newer);
  } catch (const std::invalid_argument& complaint) {
    return complaint.what();
  }
  return {};
}

Column column(std::string name) { return {std::move(name), ColumnType::any, {}}; }

}  // namespace

TEST_CASE("the good schema is good") {
  CHECK(complaint([](Schema&) {}).empty());
  CHECK(complaint([](Schema& it) { it.tables.clear(); }).empty());
}

TEST_CASE("table ids ascend from 1") {
  for (std::uint32_t id : {0u, 3u, 4u}) {
    CHECK_THAT(complaint([&](Schema& it) { it.tables[0].id = id; }),
               Contains("table ids aren't ascending"));
  }
}

TEST_CASE("group ids ascend from 1") {
  for (std::uint32_t id : {0u, 4u, 5u}) {
    CHECK_THAT(complaint([&](Schema& it) { it.tables[0].groups[0].id = id; }),
               Contains("person: group ids aren't ascending"));
  }
}

TEST_CASE("names are [a-z][a-z0-9_]*, and not the engine's own") {
  for (const char* name : {"", "1st", "Person", "per son", "person;", "имя", "_x", "a-b"}) {
    CHECK_THAT(complaint([&](Schema& it) { it.tables[1].name = name; }), Contains("isn't a name"));
    CHECK_THAT(complaint([&](Schema& it) { it.tables[1].key[0].name = name; }),
               Contains("isn't a name"));
    CHECK_THAT(complaint([&](Schema& it) { it.tables[0].groups[1].columns[0].name = name; }),
               Contains("isn't a name"));
  }
  CHECK_THAT(complaint([](Schema& it) { it.tables[1].name = "zimnik_log"; }),
             Contains("the engine's own"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[0].name = "Name"; }),
             Contains("isn't a name"));
}

TEST_CASE("no name stands twice: not of tables, nor of columns and groups' versions in one") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[1].name = "person"; }), Contains("stands twice"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].columns[0].name = "name"; }),
             Contains("'name' stands twice"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].columns[0].name = "id"; }),
             Contains("'id' stands twice"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[1].key[1].name = "day"; }),
             Contains("'day' stands twice"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].name = "name"; }),
             Contains("'name_version' stands twice"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].columns[0].name = "name_version"; }),
             Contains("'name_version' stands twice"));
}

TEST_CASE("a table has a key and groups, neither more than bounds allow") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[1].key.clear(); }), Contains("note: its key"));
  CHECK_THAT(complaint([](Schema& it) {
               for (std::size_t i = 0; i < limits::kKeyColumns; ++i) {
                 it.tables[1].key.push_back(column("k" + std::to_string(i)));
               }
             }),
             Contains("note: its key"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[1].groups.clear(); }),
             Contains("note: its number of groups"));
  CHECK_THAT(complaint([](Schema& it) {
               for (std::uint32_t i = 0; i < limits::kCellsInRow; ++i) {
                 const auto name = "g" + std::to_string(i);
                 it.tables[1].groups.push_back({i + 2, name, {column(name)}});
               }
             }),
             Contains("note: its number of groups"));
}

TEST_CASE("a group has columns, no more than bounds allow") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].columns.clear(); }),
             Contains("person.weight: no columns"));
  CHECK_THAT(complaint([](Schema& it) {
               for (std::size_t i = 0; i < limits::kGroupColumns; ++i) {
                 it.tables[0].groups[1].columns.push_back(column("c" + std::to_string(i)));
               }
             }),
             Contains("person.weight: too many columns"));
}

TEST_CASE("a personal column's person stands in the key or in its own group") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[0].columns[0].person = "nobody"; }),
             Contains("person.name: no column 'nobody' to name the person"));
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[1].columns[0].person = "since"; }),
             Contains("person.weight: no column 'since'"));
}

TEST_CASE("a personal column's person isn't itself, nor another personal column") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].groups[0].columns[0].person = "name"; }),
             Contains("person.name: the column 'name', to name the person, is personal itself"));
  CHECK_THAT(complaint([](Schema& it) {
               it.tables[0].groups[0].columns[0].person = "since";
               it.tables[0].groups[0].columns[1].person = "id";
             }),
             Contains("person.name: the column 'since', to name the person, is personal itself"));
}

TEST_CASE("a key column has one type, for SQLite takes 1 and 1.0 as one key") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].key[0].type = ColumnType::any; }),
             Contains("person: a key column of any type"));
}

TEST_CASE("a key column is never personal") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].key[0].person = "id"; }),
             Contains("person: the key can't be personal"));
}

TEST_CASE("the identifying group is one of the table's") {
  CHECK_THAT(complaint([](Schema& it) { it.tables[0].identifying = 2; }),
             Contains("person: its identifying group isn't there"));
}

TEST_CASE("a newer schema may add tables and groups, and change policies") {
  CHECK(complaint_of_release([](Schema& it) {
          it.version = 2;
          it.tables[0].groups.push_back({5, "more", {column("more")}});
          it.tables.push_back(
              {9, "other", Stream::shared, {column("k")}, {{1, "v", {column("v")}}}, {}});
          it.tables[0].groups[0].policy = value_beats_clear();
        }).empty());
}

TEST_CASE("what was released is neither dropped nor changed") {
  CHECK_THAT(complaint_of_release([](Schema& it) { it.tables.pop_back(); }),
             Contains("note: was released and is gone"));
  CHECK_THAT(complaint_of_release([](Schema& it) { it.tables[1].id = 4; }),
             Contains("note: was released and is gone"));
  const auto changes_table = [](auto change) {
    CHECK_THAT(complaint_of_release(change), Contains("person: was released and has changed"));
  };
  changes_table([](Schema& it) { it.tables[0].name = "people"; });
  changes_table([](Schema& it) { it.tables[0].stream = Stream::school; });
  changes_table([](Schema& it) { it.tables[0].key[0].type = ColumnType::text; });
  changes_table([](Schema& it) { it.tables[0].key.push_back(column("more")); });
  changes_table([](Schema& it) { it.tables[0].identifying.reset(); });
  const auto changes_group = [](auto change) {
    CHECK_THAT(complaint_of_release(change),
               Contains("person.weight: was released and has changed"));
  };
  changes_group([](Schema& it) { it.tables[0].groups.pop_back(); });
  changes_group([](Schema& it) { it.tables[0].groups[1].name = "mass"; });
  changes_group([](Schema& it) { it.tables[0].groups[1].columns.push_back(column("more")); });
  changes_group([](Schema& it) { it.tables[0].groups[1].columns[0].type = ColumnType::any; });
  changes_group([](Schema& it) { it.tables[0].groups[1].columns[0].person = "id"; });
}

TEST_CASE("tables and groups are found by their ids") {
  const auto schema = good();
  CHECK(schema.find(3)->name == "note");
  CHECK(schema.find("note")->id == 3);
  CHECK(schema.find(2) == nullptr);
  CHECK(schema.find("nothing") == nullptr);
  CHECK(schema.find(1)->find(4)->name == "weight");
  CHECK(schema.find(1)->find(2) == nullptr);
}

TEST_CASE("a cell write is readable where its table, stream, key, group and values fit") {
  const auto schema = good();
  const auto reads = [&](Stream stream, std::uint32_t table, std::vector<Value> key,
                         const CellWrite& write) {
    return readable(schema, stream, row(table, std::move(key), {write}), write);
  };
  const Value id = std::int64_t{7}, text = Text{"x"}, seal = Blob{"x"};
  const auto weight = cell(4, {1.5, seal});
  CHECK(reads(Stream::shared, 1, {id}, weight) == Readable::yes);
  CHECK(reads(Stream::shared, 1, {id}, cell(4, {Null{}, Null{}})) == Readable::yes);
  CHECK(reads(Stream::shared, 1, {id}, tombstone(4)) == Readable::yes);
  CHECK(reads(Stream::shared, 1, {id}, {4, Op::empty, {}, {}}) == Readable::yes);

  CHECK(reads(Stream::shared, 2, {id}, weight) == Readable::unknown_group);
  CHECK(reads(Stream::shared, 1, {id}, cell(5, {})) == Readable::unknown_group);
  CHECK(reads(Stream::shared, 1, {id}, tombstone(5)) == Readable::unknown_group);

  CHECK(reads(Stream::school, 1, {id}, weight) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {text}, weight) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {Null{}}, weight) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {id, id}, weight) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {}, tombstone(4)) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {id}, cell(4, {1.5})) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {id}, cell(4, {id, seal})) == Readable::malformed);
  CHECK(reads(Stream::shared, 1, {id}, cell(4, {1.5, text})) == Readable::malformed);
}

TEST_CASE("a personal value is readable enciphered, and no other value is") {
  const auto schema = good();
  const Cipher cipher{id_of(siv_key(2)), "bytes"};
  const auto reads = [&](std::vector<Value> values) {
    const auto write = cell(1, std::move(values));
    return readable(schema, Stream::shared, row(1, {std::int64_t{7}}, {write}), write);
  };
  const Value since = std::int64_t{2020};
  CHECK(reads({cipher, since}) == Readable::yes);
  CHECK(reads({Null{}, since}) == Readable::yes);
  CHECK(reads({Text{"Anna"}, since}) == Readable::malformed);
  CHECK(reads({cipher, cipher}) == Readable::malformed);
}
