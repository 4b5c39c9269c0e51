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

std::optional<ReviewItem> item_at(const Statement& row) {
  const auto* table = journal_schema().find(static_cast<std::uint32_t>(row.integer(0)));
  if (table == nullptr) return std::nullopt;
  ReviewItem item;
  item.table = table->name;
  item.key.bytes = std::string(row.blob(1));
  const auto* group = table->find(static_cast<std::uint32_t>(row.integer(2)));
  if (group != nullptr) item.group = group->name;
  item.reason = static_cast<Listed::Reason>(row.integer(3));
  const auto key = key_values(item.key);
  if (!table->fits_key(key)) return std::nullopt;
  // A slot of the timetable begins with its course too, but names no day.
  item.lesson = table->name == "timetable" ? std::nullopt : lesson_of(*table, key);
  item.pupil = integer_of(*table, key, "pupil");
  return item;
}

}  // namespace

std::vector<ReviewItem> review_items(Database& database) {
  std::vector<ReviewItem> items;
  each_row(database, "SELECT table_id, key, group_id, reason FROM zimnik_listed", {},
           [&](const Statement& row) {
             if (auto item = item_at(row)) items.push_back(std::move(*item));
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
