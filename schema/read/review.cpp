#include "schema/read/review.h"

#include "schema/query.h"
#include "schema/tables.h"

namespace zimnik::journal {

using namespace sync;

namespace {

std::optional<std::int64_t> integer_of(const Table& table, const std::vector<Value>& key,
                                       const std::string& column) {
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    if (table.key[i].name == column) return std::get<std::int64_t>(key[i]);
  }
  return std::nullopt;
}

std::optional<LessonKey> lesson_of(const Table& table, const std::vector<Value>& key) {
  if (key.size() < 3 || table.key[0].name != "course" || table.key[1].name != "date") {
    return std::nullopt;
  }
  const auto date = Date::parse(std::get<Text>(key[1]).text);
  if (!date) return std::nullopt;
  return LessonKey{std::get<std::int64_t>(key[0]), *date, std::get<std::int64_t>(key[2])};
}

}  // namespace

std::optional<Place> place_of(std::uint32_t table_id, const Key& key, std::uint32_t group_id) {
  const auto* table = journal_schema().find(table_id);
  if (table == nullptr) return std::nullopt;
  const auto values = key_values(key);
  if (!table->fits_key(values)) return std::nullopt;
  Place place{table->name, "", key, {}, {}, {}};
  if (const auto* group = table->find(group_id)) place.group = group->name;
  // A slot of the timetable begins with its course too, but names no day.
  if (table->name != "timetable") place.lesson = lesson_of(*table, values);
  place.pupil = integer_of(*table, values, "pupil");
  place.person = integer_of(*table, values, table->name == "person" ? "id" : "person");
  if (!place.person) place.person = integer_of(*table, values, "guardian");
  return place;
}

std::vector<ReviewItem> review_items(Database& database) {
  std::vector<ReviewItem> items;
  each_row(database, "SELECT table_id, key, group_id, reason FROM zimnik_listed", {},
           [&](const Statement& row) {
             const Key key{std::string(row.blob(1))};
             const auto place = place_of(static_cast<std::uint32_t>(row.integer(0)), key,
                                         static_cast<std::uint32_t>(row.integer(2)));
             if (place) items.push_back({*place, static_cast<Listed::Reason>(row.integer(3))});
           });
  return items;
}

std::vector<ReviewItem> review_items_of(Database& database, std::int64_t course) {
  auto items = review_items(database);
  std::erase_if(
      items, [&](const ReviewItem& item) { return !item.lesson || item.lesson->course != course; });
  return items;
}

}  // namespace zimnik::journal
