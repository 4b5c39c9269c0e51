#include "hub/delivery/letter_values.h"

#include <map>

#include "hub/delivery/places.h"
#include "schema/absence_message.h"
#include "schema/diary/diary_values.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/diary_week.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"

namespace zimnik::hub {
namespace {

using journal::AbsenceNotice;
using journal::Date;
using journal::LessonKey;
using sync::Database;
using web::List;
using web::Values;

std::string class_name_of(Database& database, std::int64_t pupil, Date day) {
  const auto school_class = journal::class_of_pupil(database, pupil, day);
  const auto title = school_class ? journal::class_title(database, *school_class) : std::nullopt;
  return title ? title->text() : "";
}

std::optional<AbsenceNotice> notice_of(Database& database, std::int64_t pupil,
                                       const std::string& place) {
  const auto lesson = lesson_at(place);
  const auto course = lesson ? journal::course_title(database, lesson->course) : std::nullopt;
  if (!course) return std::nullopt;
  return AbsenceNotice{journal::name_of(database, pupil).plain(),
                       class_name_of(database, pupil, lesson->date), course->subject_name, *lesson,
                       journal::lesson_time(database, *course, lesson->number).starts};
}

Values lesson_values(const AbsenceNotice& notice) {
  return {{"date", notice.lesson.date.russian()},
          {"number", notice.lesson.number},
          {"subject", notice.subject},
          {"starts", notice.starts},
          {"has_bell", !notice.starts.empty()}};
}

std::string mark_text(const std::string& value) { return value.empty() ? "—" : value; }

}  // namespace

std::optional<Values> absence_values(Database& database, std::int64_t pupil,
                                     const std::vector<Change>& changes, journal::LocalTime sent) {
  List absent, corrected;
  std::string message;
  for (const auto& change : changes) {
    const auto notice = notice_of(database, pupil, change.place);
    if (!notice) continue;
    if (change.value.empty()) {
      corrected.push_back(lesson_values(*notice));
      continue;
    }
    absent.push_back(lesson_values(*notice));
    const auto text =
        journal::one_text(database, "SELECT absence_message FROM school WHERE id = 1", {});
    message = journal::absence_message(text.value_or(""), *notice, sent);
  }
  if (absent.empty() && corrected.empty()) return std::nullopt;
  const bool is_one = absent.size() == 1;
  return Values{{"is_one", is_one},
                {"message", message},
                {"is_several", absent.size() > 1},
                {"is_absent", !absent.empty()},
                {"is_corrected", !corrected.empty()},
                {"absent", absent},
                {"corrected", corrected}};
}

std::optional<Values> marks_values(Database& database, std::int64_t pupil,
                                   const std::vector<Change>& changes, Date today) {
  std::map<std::int64_t, std::string> work_types;
  for (const auto& type : journal::work_types(database)) work_types[type.id] = type.name;
  List marks;
  for (const auto& change : changes) {
    const auto key = mark_at(change.place, pupil);
    const auto course = key ? journal::course_title(database, key->lesson.course) : std::nullopt;
    if (!course) continue;
    const auto mark = journal::mark_at(database, *key).value_or(journal::ShownMark{});
    const auto type = mark.work_type ? work_types.find(*mark.work_type) : work_types.end();
    marks.push_back(Values{{"date", key->lesson.date.russian()},
                           {"subject", course->subject_name},
                           {"value", mark_text(change.value)},
                           {"is_changed", !change.former.empty()},
                           {"is_taken_back", change.value.empty()},
                           {"former", change.former},
                           {"work", type == work_types.end() ? "" : type->second},
                           {"comment", mark.comment}});
  }
  if (marks.empty()) return std::nullopt;
  return Values{{"marks", marks}, {"today", today.russian()}};
}

std::optional<Values> diary_values(Database& database, std::int64_t pupil, Date monday, Date today,
                                   const web::Translator& translate) {
  const auto week = journal::diary_week(database, pupil, monday);
  if (!week) return std::nullopt;
  return journal::week_values(*week, today, translate);
}

}  // namespace zimnik::hub
