#include "schema/read/cell_rows.h"

#include "schema/commands/mark.h"
#include "schema/query.h"

namespace zimnik::journal {

namespace {

sync::Key key_of(const LessonKey& lesson, std::initializer_list<std::int64_t> rest) {
  std::vector<sync::Value> values{lesson.course, date_value(lesson.date), lesson.number};
  values.insert(values.end(), rest.begin(), rest.end());
  return sync::make_key(values);
}

}  // namespace

std::vector<sync::Key> mark_keys(sync::Database& database, const LessonKey& lesson,
                                 std::int64_t pupil) {
  std::vector<sync::Key> keys;
  std::int64_t works = 1;
  while (next_attempt(database, lesson, pupil, works) > 1) ++works;
  for (std::int64_t work = 1; work <= works; ++work) {
    const auto attempts = next_attempt(database, lesson, pupil, work);
    for (std::int64_t attempt = 1; attempt <= attempts; ++attempt) {
      keys.push_back(key_of(lesson, {pupil, work, attempt}));
    }
  }
  return keys;
}

std::vector<CellRow> rows_of_cell(sync::Database& database, const LessonKey& lesson,
                                  std::int64_t pupil) {
  std::vector<CellRow> rows{{"attendance", key_of(lesson, {pupil})}};
  for (auto& key : mark_keys(database, lesson, pupil)) rows.push_back({"mark", std::move(key)});
  rows.push_back({"lesson", key_of(lesson, {})});
  return rows;
}

}  // namespace zimnik::journal
