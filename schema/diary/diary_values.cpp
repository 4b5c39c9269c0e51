#include "schema/diary/diary_values.h"

#include <map>

#include "schema/diary/diary_words.h"
#include "schema/read/finals.h"

namespace zimnik::journal {
namespace {

using web::List;
using web::Values;

std::string range_text(Date monday) {
  return monday.day_and_month() + "–" + monday.plus(6).russian();
}

std::string short_range(Date monday) {
  return monday.day_and_month() + "–" + monday.plus(6).day_and_month();
}

using WorkNames = std::map<std::int64_t, std::string>;

/// Makes the values of one week. One use.
class WeekValues {
 public:
  WeekValues(const DiaryWeek& week, Date today, const web::Translator& translate)
      : week_(week), today_(today), translate_(translate) {
    for (const auto& type : week.work_types) work_names_[type.id] = type.name;
  }

  Values all() const {
    List days, subjects;
    for (const auto& day : week_.days) {
      if (day.lessons.empty() && day.date.weekday() == 7) continue;
      days.push_back(day_values(day));
    }
    for (const auto& subject : week_.subjects) subjects.push_back(subject_values(subject));
    auto values = head(days);
    const auto before = week_.monday.plus(-7), after = week_.monday.plus(7);
    values.merge(
        {{"week", range_text(week_.monday)},
         {"before", "week=" + before.text()},
         {"before_text", short_range(before)},
         {"after", "week=" + after.text()},
         {"after_text", short_range(after)},
         {"subjects", subjects},
         {"has_subjects", !week_.subjects.empty()},
         {"period", week_.period ? translate_(final_period_title(week_.period->code)) : ""}});
    return values;
  }

  Values one(Date date) const {
    const auto place = static_cast<std::size_t>(date.weekday() - 1);
    auto values = head({day_values(week_.days.at(place))});
    const auto before = date.plus(-1), after = date.plus(1);
    values.merge({{"week", ""},
                  {"before", "day=" + before.text()},
                  {"before_text", before.day_and_month()},
                  {"after", "day=" + after.text()},
                  {"after_text", after.day_and_month()},
                  {"has_subjects", false}});
    return values;
  }

 private:
  Values head(const List& days) const {
    return {{"shows_week", true},
            {"pupil_name", week_.name.plain()},
            {"class_name", week_.class_name},
            {"class_teacher", week_.class_teacher.is_readable() ? week_.class_teacher.full() : ""},
            {"days", days}};
  }

  Values day_values(const DiaryDay& day) const {
    List lessons;
    for (const auto& lesson : day.lessons) lessons.push_back(lesson_values(lesson));
    return {{"weekday", translate_(weekday_word(day.date.weekday()))},
            {"date", day.date.day_and_month()},
            {"day", day.date.text()},
            {"is_today", day.date == today_},
            {"day_off", day.day_off},
            {"is_frost", day.is_frost},
            {"is_holiday", day.is_holiday && day.lessons.empty()},
            {"is_free", !day.is_holiday && day.lessons.empty()},
            {"lessons", lessons}};
  }

  std::string time_text(const DiaryLesson& lesson) const {
    return lesson.starts.empty() ? "" : lesson.starts + "–" + lesson.ends;
  }

  std::string place_text(const LessonKey& place) const {
    return translate_(
        sync::Phrase{"{1}, урок {2}", {place.date.day_and_month(), std::to_string(place.number)}});
  }

  Values lesson_values(const DiaryLesson& lesson) const {
    List marks, notes, remarks;
    for (const auto& mark : lesson.marks) {
      marks.push_back(mark_values(mark));
      if (mark.work_type || !mark.comment.empty() || !mark.value || mark.weight != 1) {
        notes.push_back(mark_values(mark));
      }
    }
    for (const auto& remark : lesson.remarks) remarks.push_back(Values{{"text", remark}});
    const auto kind = lesson_kind_word(lesson.kind);
    const bool is_said = !lesson.homework.empty() || lesson.is_homework_not_assigned;
    return {{"number", static_cast<int>(lesson.key.number)},
            {"moved_to", lesson.moved_to ? place_text(*lesson.moved_to) : ""},
            {"moved_from", lesson.moved_from ? place_text(*lesson.moved_from) : ""},
            {"is_taken_off", lesson.is_taken_off},
            {"subject", lesson.subject},
            {"group", lesson.group},
            {"kind", kind.empty() ? "" : translate_(kind)},
            {"time", time_text(lesson)},
            {"room", lesson.room},
            {"teacher", lesson.teacher.is_readable() ? lesson.teacher.brief() : ""},
            {"is_substituted", lesson.is_substituted},
            {"substituted", lesson.substituted.brief()},
            {"topic", lesson.topic},
            {"homework", lesson.homework},
            {"is_not_assigned", lesson.is_homework_not_assigned && lesson.homework.empty()},
            {"is_unsaid", lesson.is_held && !is_said},
            {"attendance", lesson.attendance},
            {"attendance_word",
             lesson.attendance.empty() ? "" : translate_(attendance_word(lesson.attendance))},
            {"has_late", lesson.late_minutes.has_value()},
            {"late", lesson.late_minutes.value_or(0)},
            {"marks", marks},
            {"notes", notes},
            {"remarks", remarks}};
  }

  Values mark_values(const ShownMark& mark) const {
    const auto type = mark.work_type ? work_names_.find(*mark.work_type) : work_names_.end();
    return {{"value", mark.value ? std::to_string(*mark.value) : "●"},
            {"is_owed", !mark.value},
            {"weight", mark.weight},
            {"is_weighted", mark.weight != 1},
            {"work", type == work_names_.end() ? "" : type->second},
            {"comment", mark.comment},
            {"retake", mark.protocol_number}};
  }

  Values subject_values(const SubjectResult& subject) const {
    List finals;
    for (const auto& final : subject.finals) {
      finals.push_back(Values{{"period", translate_(final_period_title(final.period))},
                              {"value", final.value},
                              {"is_by_paper", !final.basis.empty()}});
    }
    const bool has_average = subject.average.has_value();
    return {{"name", subject.name},
            {"has_average", has_average},
            {"average", has_average ? subject.average.text() : ""},
            {"arithmetic", has_average ? subject.average.arithmetic() : ""},
            {"has_forecast", subject.forecast.has_value()},
            {"forecast", subject.forecast.value_or(0)},
            {"has_finals", !finals.empty()},
            {"finals", finals}};
  }

  const DiaryWeek& week_;
  const Date today_;
  const web::Translator& translate_;
  WorkNames work_names_;
};

}  // namespace

Values day_values(const DiaryWeek& week, Date date, Date today, const web::Translator& translate) {
  return WeekValues(week, today, translate).one(date);
}

Values week_values(const DiaryWeek& week, Date today, const web::Translator& translate) {
  return WeekValues(week, today, translate).all();
}

}  // namespace zimnik::journal
