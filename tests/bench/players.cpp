#include "tests/bench/players.h"

#include "schema/tables.h"
#include "sync/core/crypto.h"

namespace zimnik::bench {

using namespace sync;

namespace {

void run(Database& database, std::map<const char*, Statement*>& statements, const Edit& edit) {
  auto& statement = statements[edit.sql];
  if (statement == nullptr) statement = &database.prepared(edit.sql);
  int at = 1;
  for (const auto& value : edit.values) statement->bind(at++, value);
  statement->run();
}

std::string raw_table_sql(const Table& table) {
  std::string columns, key;
  const auto add = [&](const Column& column) {
    if (!columns.empty()) columns += ", ";
    columns += column.name + (column.type == ColumnType::integer ? " INTEGER"
                              : column.type == ColumnType::blob  ? " BLOB"
                                                                 : " TEXT");
  };
  for (const auto& column : table.key) {
    add(column);
    columns += " NOT NULL";
    key += (key.empty() ? "" : ", ") + column.name;
  }
  for (const auto& group : table.groups) {
    for (const auto& column : group.columns) add(column);
  }
  return "CREATE TABLE " + table.name + " (" + columns + ", PRIMARY KEY (" + key +
         ")) WITHOUT ROWID";
}

}  // namespace

RawPlayer::RawPlayer(const std::string& path) : database_(Database::open(path)) {
  for (const auto& table : journal::journal_schema().tables)
    database_.execute(raw_table_sql(table));
}

void RawPlayer::play(const Edit& edit) { run(database_, statements_, edit); }

void ReplicaPlayer::play(const Edit& edit) {
  auto& page = pages_[{edit.user, edit.day}];
  if (page.page == 0) {
    // The day, then chance: what a day writes lies together.
    const auto hash = sha256({"page", edit.user, std::to_string(edit.day)});
    page.page = static_cast<std::uint64_t>(edit.day) << 48 |
                Reader(hash.view(), "hash").fixed64("page") >> 16;
  }
  ++page.counter;
  const Entry entry{
      {edit.user, "teacher", 20, "pc-" + edit.user}, Time{edit.t}, page, replica_.seen()};
  replica_.write(entry, [&](Command& command) { run(command.database(), statements_, edit); });
}

void ReplicaPlayer::play(std::span<const Edit> edits, std::size_t in_one_commit) {
  for (; !edits.empty(); edits = edits.subspan(std::min(in_one_commit, edits.size()))) {
    replica_.batch([&] {
      for (const auto& edit : edits.first(std::min(in_one_commit, edits.size()))) play(edit);
    });
  }
}

}  // namespace zimnik::bench
