#include "hub/delivery/news_store.h"

#include <algorithm>

#include "hub/delivery/outbox.h"
#include "hub/query.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::string_at;
using journal::text_value;
using sync::Database;
using sync::SchoolId;
using sync::Statement;

std::int64_t number_of(LetterKind kind) { return static_cast<std::int64_t>(kind); }

AllKnown known_of(Database& database, const SchoolId& school, const NewsKey& key,
                  const std::string& from) {
  AllKnown known;
  // A letter that isn't kept any more went long ago.
  each_row(database,
           "SELECT t.what, t.value, t.letter IS NOT NULL AND "
           "(o.id IS NULL OR o.state IN (1, 2) OR o.is_doubtful) "
           "FROM delivery_told t LEFT JOIN outbox o ON o.id = t.letter WHERE t.account = ? AND "
           "t.school = ? AND t.pupil = ? AND t.kind = ? AND t.what >= ?",
           {key.account, blob_value(school), key.pupil, number_of(key.kind), text_value(from)},
           [&](const Statement& row) {
             known[string_at(row, 0)] = {string_at(row, 1), row.integer(2) != 0};
           });
  return known;
}

void note(Database& database, const SchoolId& school, const NewsKey& key, const Change& change,
          const std::optional<std::int64_t>& letter, sync::Time now) {
  run_sql(database, "INSERT OR REPLACE INTO delivery_told VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {key.account, blob_value(school), key.pupil, number_of(key.kind),
           text_value(change.place), text_value(change.value), text_value(change.former),
           journal::optional_value(letter), now.ms});
}

}  // namespace

std::set<NewsKey> NewsStore::watched(const SchoolId& school) {
  return database_.run([&](Database& database) {
    std::set<NewsKey> keys;
    each_row(
        database, "SELECT account, pupil, kind FROM delivery_watch WHERE school = ?",
        {blob_value(school)}, [&](const Statement& row) {
          keys.insert({row.integer(0), row.integer(1), static_cast<LetterKind>(row.integer(2))});
        });
    return keys;
  });
}

void NewsStore::begin(const SchoolId& school, const NewsKey& key, const AllStanding& standing,
                      sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR IGNORE INTO delivery_watch VALUES (?, ?, ?, ?, ?)",
            {key.account, blob_value(school), key.pupil, number_of(key.kind), now.ms});
    if (database.changes() == 0) return;
    run_sql(database,
            "DELETE FROM delivery_told WHERE account = ? AND school = ? AND pupil = ? AND kind = ?",
            {key.account, blob_value(school), key.pupil, number_of(key.kind)});
    for (const auto& [place, stands] : standing) {
      note(database, school, key, {place, stands.value, "", true}, {}, now);
    }
  });
}

void NewsStore::end(const SchoolId& school, const NewsKey& key) {
  database_.run([&](Database& database) {
    run_sql(
        database,
        "DELETE FROM delivery_watch WHERE account = ? AND school = ? AND pupil = ? AND kind = ?",
        {key.account, blob_value(school), key.pupil, number_of(key.kind)});
  });
}

std::optional<std::int64_t> NewsStore::tell(const SchoolId& school, const NewsKey& key,
                                            const std::string& from, const AllStanding& standing,
                                            const std::string& domain, sync::Time now) {
  return database_.run([&](Database& database) {
    std::optional<std::int64_t> letter;
    for (const auto& change : changes_between(known_of(database, school, key, from), standing)) {
      if (!change.is_silent && !letter) {
        letter = Outbox::queue(database, {key.account, key.kind, school, key.pupil}, domain, now);
      }
      note(database, school, key, change, change.is_silent ? std::nullopt : letter, now);
    }
    return letter;
  });
}

std::vector<Change> NewsStore::told_by(std::int64_t letter) {
  return database_.run([&](Database& database) {
    std::vector<Change> changes;
    each_row(database,
             "SELECT what, value, former FROM delivery_told WHERE letter = ? ORDER BY what",
             {letter}, [&](const Statement& row) {
               changes.push_back({string_at(row, 0), string_at(row, 1), string_at(row, 2), false});
             });
    return changes;
  });
}

std::optional<journal::Date> NewsStore::digest_day(const SchoolId& school, LetterKind kind) {
  return database_.run([&](Database& database) -> std::optional<journal::Date> {
    const auto day =
        journal::one_text(database, "SELECT day FROM delivery_digest WHERE school = ? AND kind = ?",
                          {blob_value(school), number_of(kind)});
    return day ? journal::Date::parse(*day) : std::nullopt;
  });
}

void NewsStore::note_digest(const SchoolId& school, LetterKind kind, journal::Date day) {
  database_.run([&](Database& database) {
    run_sql(database, "INSERT OR REPLACE INTO delivery_digest VALUES (?, ?, ?)",
            {blob_value(school), number_of(kind), journal::date_value(day)});
  });
}

}  // namespace zimnik::hub
