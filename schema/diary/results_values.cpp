#include "schema/diary/results_values.h"

#include <map>

#include "schema/diary/diary_words.h"
#include "schema/read/finals.h"

namespace zimnik::journal {
namespace {

using web::List;
using web::Values;

std::string text_of(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "";
}

std::string brief_of(const PersonName& name) { return name.is_readable() ? name.brief() : ""; }

Values result_row(const ExtractSubject& subject, const std::vector<std::string>& titles) {
  List results;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (subject.results[i].empty()) continue;
    results.push_back(Values{{"title", titles[i]}, {"value", subject.results[i]}});
  }
  const bool has_average = subject.average.has_value();
  return {{"subject", std::to_string(subject.id)},
          {"name", subject.name},
          {"average", has_average ? subject.average.text() : ""},
          {"forecast", text_of(forecast(subject.average))},
          {"missed", subject.missed == 0 ? "" : std::to_string(subject.missed)},
          {"has_results", !results.empty()},
          {"results", results}};
}

/// Names of work types, by id.
class WorkTypes {
 public:
  explicit WorkTypes(const std::vector<WorkType>& types) {
    for (const auto& type : types) names_[type.id] = type.name;
  }
  std::string name_of(std::optional<std::int64_t> type) const {
    const auto found = type ? names_.find(*type) : names_.end();
    return found == names_.end() ? "" : found->second;
  }

 private:
  std::map<std::int64_t, std::string> names_;
};

Values mark_values(const SubjectMark& mark, const WorkTypes& types) {
  return {{"date", mark.key.lesson.date.day_and_month()},
          {"value", mark.value ? std::to_string(*mark.value) : "●"},
          {"is_owed", !mark.value},
          {"weight", mark.weight},
          {"is_weighted", mark.weight != 1},
          {"work", types.name_of(mark.work_type)},
          {"work_title", mark.title},
          {"topic", mark.topic},
          {"comment", mark.comment},
          {"retake", mark.protocol_number},
          {"is_rejected", mark.is_rejected}};
}

Values period_values(const SubjectPeriod& period, const WorkTypes& types,
                     const web::Translator& translate) {
  List marks, absences;
  for (const auto& mark : period.marks) marks.push_back(mark_values(mark, types));
  for (const auto& absence : period.absences) {
    absences.push_back(Values{{"date", absence.lesson.date.day_and_month()},
                              {"code", absence.code},
                              {"word", translate(attendance_word(absence.code))}});
  }
  const bool has_average = period.average.has_value();
  return {{"period", translate(final_period_title(period.period.code))},
          {"days", period.period.starts.russian() + "–" + period.period.ends.russian()},
          {"has_marks", !marks.empty()},
          {"marks", marks},
          {"has_absences", !absences.empty()},
          {"absences", absences},
          {"has_average", has_average},
          {"average", has_average ? period.average.text() : ""},
          {"arithmetic", has_average ? period.average.arithmetic() : ""},
          {"forecast", period.result.empty() ? text_of(period.forecast) : ""},
          {"result", period.result},
          {"is_by_paper", period.is_by_paper}};
}

Values place_values(const LessonKey& lesson, const web::Translator& translate) {
  return {{"date", lesson.date.day_and_month()},
          {"weekday", translate(weekday_word(lesson.date.weekday()))},
          {"number", static_cast<int>(lesson.number)}};
}

Values change_values(const ScheduledLesson& change, const web::Translator& translate) {
  auto values = place_values(change.slot, translate);
  values.merge({{"subject", change.course.subject_name},
                {"is_moved", change.to.has_value()},
                {"is_taken_off", change.is_moved && !change.to},
                {"is_substituted", change.substitute_name.is_readable()},
                {"substitute", brief_of(change.substitute_name)},
                {"substituted", brief_of(change.substituted_name)}});
  if (change.to) {
    values["to_date"] = change.to->date.day_and_month();
    values["to_number"] = static_cast<int>(change.to->number);
  }
  return values;
}

Values work_values(const ControlWork& work, const web::Translator& translate) {
  auto values = place_values(work.lesson, translate);
  const auto kind = work.kind.empty() ? translate(lesson_kind_word("control_work")) : work.kind;
  values.merge({{"subject", work.subject},
                {"kind", work.topic.empty() ? kind : work.kind},
                {"topic", work.topic == work.kind ? "" : work.topic},
                {"is_forecast", work.is_forecast}});
  return values;
}

/// One for each weekday that has lessons.
List weekdays(const std::vector<WeeklyLesson>& lessons, const web::Translator& translate) {
  List days;
  for (int weekday = 1; weekday <= 7; ++weekday) {
    List of_day;
    for (const auto& lesson : lessons) {
      if (lesson.weekday != weekday) continue;
      of_day.push_back(
          Values{{"number", static_cast<int>(lesson.number)},
                 {"time", lesson.starts.empty() ? "" : lesson.starts + "–" + lesson.ends},
                 {"subject", lesson.subject},
                 {"group", lesson.group},
                 {"room", lesson.room}});
    }
    if (of_day.empty()) continue;
    days.push_back(Values{{"weekday", translate(weekday_word(weekday))}, {"lessons", of_day}});
  }
  return days;
}

List free_days(const std::vector<FreeDays>& days) {
  List values;
  for (const auto& free : days) {
    values.push_back(Values{{"from", free.from.russian()},
                            {"to", free.to.russian()},
                            {"is_of_days", free.from != free.to},
                            {"name", free.name}});
  }
  return values;
}

}  // namespace

Values results_values(const Extract& extract, const web::Translator& translate) {
  List subjects;
  std::vector<std::string> titles;
  for (const auto& column : extract.columns) {
    titles.push_back(translate(final_period_title(column.code)));
  }
  for (const auto& subject : extract.subjects) subjects.push_back(result_row(subject, titles));
  return {{"shows_results", true},
          {"has_subjects", !subjects.empty()},
          {"subjects", subjects},
          {"period", extract.period ? translate(final_period_title(extract.period->code)) : ""},
          {"missed", extract.missed},
          {"with_reason", extract.missed_with_reason}};
}

Values subject_values(const PupilSubject& subject, const web::Translator& translate) {
  const WorkTypes types(subject.work_types);
  List teachers, periods, results;
  for (const auto& teacher : subject.teachers) {
    teachers.push_back(Values{{"teacher", teacher.full()}});
  }
  for (auto period = subject.periods.rbegin(); period != subject.periods.rend(); ++period) {
    periods.push_back(period_values(*period, types, translate));  // the latest first
  }
  for (const auto& result : subject.results) {
    results.push_back(Values{{"title", translate(final_period_title(result.code))},
                             {"result", result.value},
                             {"is_by_paper", result.is_by_paper}});
  }
  return {{"shows_subject", true}, {"name", subject.name},
          {"teachers", teachers},  {"has_results", !results.empty()},
          {"results", results},    {"has_periods", !periods.empty()},
          {"periods", periods}};
}

Values schedule_values(const PupilSchedule& schedule, const web::Translator& translate) {
  List changes, works, past_works, teachers;
  for (const auto& change : schedule.changes) changes.push_back(change_values(change, translate));
  for (const auto& work : schedule.control_works) {
    auto& list = work.lesson.date < schedule.today ? past_works : works;
    list.push_back(work_values(work, translate));
  }
  for (const auto& it : schedule.teachers) {
    teachers.push_back(Values{{"subject", it.subject},
                              {"group", it.group},
                              {"teacher", it.teacher.is_readable() ? it.teacher.full() : ""}});
  }
  const auto days = weekdays(schedule.lessons, translate);
  const auto free = free_days(schedule.free_days);
  return {
      {"shows_schedule", true},
      {"period", schedule.period ? translate(final_period_title(schedule.period->code)) : ""},
      {"class_teacher", schedule.class_teacher.is_readable() ? schedule.class_teacher.full() : ""},
      {"has_changes", !changes.empty()},
      {"changes", changes},
      {"has_works", !works.empty()},
      {"has_past_works", !past_works.empty()},
      {"past_works", past_works},
      {"works", works},
      {"has_lessons", !days.empty()},
      {"days", days},
      {"has_teachers", !teachers.empty()},
      {"teachers", teachers},
      {"has_free_days", !free.empty()},
      {"free_days", free}};
}

}  // namespace zimnik::journal
