#include "hub/api/oneroster_marks.h"

#include <algorithm>
#include <map>
#include <optional>

#include "schema/query.h"
#include "schema/read/entries.h"
#include "schema/read/family.h"
#include "schema/read/finals.h"

namespace zimnik::hub {
namespace {

using journal::Date;
using sync::Statement;

constexpr const char *kNoType = "w-none", *kFinals = "w-final";

std::string text_of(std::int64_t number) { return std::to_string(number); }
std::string type_id(std::optional<std::int64_t> type) {
  return type ? "w" + text_of(*type) : kNoType;
}

class Marks {
 public:
  explicit Marks(const RosterYear& year) : year_(year) { add_categories(); }

  void add(const journal::CourseTitle& course) {
    add_marks(course);
    add_finals(course);
    add_attendance(course);
  }

 private:
  void add_categories() {
    for (const auto& type : journal::work_types(year_.database)) {
      types_[type.id] = type.name;
      year_.tables.add("categories", {{"sourcedId", type_id(type.id)},
                                      {"title", type.name},
                                      {"weight", text_of(type.weight)}});
    }
    year_.tables.add("categories", {{"sourcedId", kNoType}, {"title", "Урок"}, {"weight", "1"}});
    year_.tables.add("categories", {{"sourcedId", kFinals}, {"title", "Итоговые отметки"}});
  }

  void add_marks(const journal::CourseTitle& course) {
    const auto from = Date::from(year_.year, 8, 1).value(),
               to = Date::from(year_.year + 1, 7, 31).value();
    std::map<std::string, journal::ShownWork> titled;
    for (const auto& work : journal::works_between(year_.database, course.id, from, to)) {
      titled.emplace(item_id(work.lesson, work.work), work);
    }
    std::map<std::string, std::map<std::int64_t, journal::ShownMark>> items;
    for (const auto& mark : journal::marks_between(year_.database, course.id, from, to)) {
      if (mark.is_rejected || !is_shared(mark.key.pupil)) continue;
      const auto id = item_id(mark.key.lesson, mark.key.work);
      auto& held = items[id].try_emplace(mark.key.pupil, mark).first->second;
      if (mark.value) held = mark;  // attempts come in their order
    }
    for (const auto& [id, marks] : items) {
      const auto work = titled.find(id);
      add_item(course, id, marks.begin()->second, work == titled.end() ? nullptr : &work->second);
      for (const auto& [pupil, mark] : marks) add_result(course, id, mark);
    }
  }

  static std::string item_id(const journal::LessonKey& lesson, std::int64_t work) {
    return "i" + text_of(lesson.course) + "-" + lesson.date.text() + "-" + text_of(lesson.number) +
           "-" + text_of(work);
  }

  std::string session_on(const journal::CourseTitle& course, Date date) const {
    const auto period = journal::period_of(year_.database, course.id, date);
    return year_.session_id(period ? period->code : "");
  }

  void add_item(const journal::CourseTitle& course, const std::string& id,
                const journal::ShownMark& mark, const journal::ShownWork* work) {
    const auto date = mark.key.lesson.date;
    const auto type = work != nullptr ? work->work_type : mark.work_type;
    const auto known = type ? types_.find(*type) : types_.end();
    const auto name = known == types_.end() ? std::string("Урок") : known->second;
    const auto topic = journal::one_text(
        year_.database, "SELECT topic FROM lesson WHERE course = ? AND date = ? AND number = ?",
        {course.id, journal::date_value(date), mark.key.lesson.number});
    year_.tables.add("lineItems",
                     {{"sourcedId", id},
                      {"title", work != nullptr && !work->title.empty() ? work->title : name},
                      {"description", topic.value_or("")},
                      {"assignDate", date.text()},
                      {"dueDate", date.text()},
                      {"classSourcedId", roster_lessons_id(course.id)},
                      {"categorySourcedId", known == types_.end() ? kNoType : type_id(type)},
                      {"academicSessionSourcedId", session_on(course, date)},
                      {"resultValueMin", "2"},
                      {"resultValueMax", "5"},
                      {"schoolSourcedId", year_.org}});
  }

  void add_result(const journal::CourseTitle& course, const std::string& item,
                  const journal::ShownMark& mark) {
    year_.tables.add("results",
                     {{"sourcedId", item + "-" + roster_person_id(mark.key.pupil)},
                      {"lineItemSourcedId", item},
                      {"studentSourcedId", roster_person_id(mark.key.pupil)},
                      {"scoreStatus", mark.value ? "fully graded" : "not submitted"},
                      {"score", mark.value ? text_of(*mark.value) : std::string()},
                      {"scoreDate", mark.protocol_date.value_or(mark.key.lesson.date).text()},
                      {"comment", mark.comment},
                      {"classSourcedId", roster_lessons_id(course.id)},
                      {"missing", mark.value ? "false" : "true"}});
  }

  void add_finals(const journal::CourseTitle& course) {
    std::map<std::string, std::map<std::int64_t, std::string>> finals;
    journal::each_row(year_.database,
                      "SELECT pupil, period, value FROM final_mark WHERE course = ? AND year = ? "
                      "AND value IS NOT NULL",
                      {course.id, std::int64_t{year_.year}}, [&](const Statement& row) {
                        finals[journal::string_at(row, 1)][row.integer(0)] =
                            journal::string_at(row, 2);
                      });
    for (auto& [code, values] : finals) {
      std::erase_if(values, [&](const auto& it) { return !is_shared(it.first); });
      if (values.empty()) continue;
      const auto period =
          std::find_if(year_.periods.begin(), year_.periods.end(),
                       [&, &code = code](const auto& it) { return it.code == code; });
      const bool is_of_period = period != year_.periods.end();
      const auto date = is_of_period ? period->ends : year_.ends;
      const auto id = "f" + text_of(course.id) + "-" + text_of(year_.year) + "-" + code;
      year_.tables.add("lineItems",
                       {{"sourcedId", id},
                        {"title", journal::final_period_title(code)},
                        {"assignDate", date.text()},
                        {"dueDate", date.text()},
                        {"classSourcedId", roster_lessons_id(course.id)},
                        {"categorySourcedId", kFinals},
                        {"academicSessionSourcedId", year_.session_id(is_of_period ? code : "")},
                        {"resultValueMin", "2"},
                        {"resultValueMax", "5"},
                        {"schoolSourcedId", year_.org}});
      for (const auto& [pupil, value] : values) add_final(course, id, pupil, value, date);
    }
  }

  void add_final(const journal::CourseTitle& course, const std::string& item, std::int64_t pupil,
                 const std::string& value, Date date) {
    const bool is_mark = value.size() == 1;
    const auto* status = is_mark ? "fully graded" : value == "н/а" ? "not submitted" : "exempt";
    year_.tables.add("results", {{"sourcedId", item + "-" + roster_person_id(pupil)},
                                 {"lineItemSourcedId", item},
                                 {"studentSourcedId", roster_person_id(pupil)},
                                 {"scoreStatus", status},
                                 {"score", is_mark ? value : ""},
                                 {"textScore", is_mark ? "" : value},
                                 {"scoreDate", date.text()},
                                 {"classSourcedId", roster_lessons_id(course.id)}});
  }

  void add_attendance(const journal::CourseTitle& course) {
    const auto from = Date::from(year_.year, 8, 1).value(),
               to = Date::from(year_.year + 1, 7, 31).value();
    for (const auto& it : journal::absences_between(year_.database, course.id, from, to)) {
      if (!is_shared(it.pupil)) continue;
      const auto reason = journal::reason_on(excuses_of(it.pupil), it.lesson.date);
      const auto id = "a" + text_of(course.id) + "-" + it.lesson.date.text() + "-" +
                      text_of(it.lesson.number) + "-" + roster_person_id(it.pupil);
      year_.tables.add("attendance", {{"sourcedId", id},
                                      {"classSourcedId", roster_lessons_id(course.id)},
                                      {"userSourcedId", roster_person_id(it.pupil)},
                                      {"date", it.lesson.date.text()},
                                      {"lessonNumber", text_of(it.lesson.number)},
                                      {"code", it.fact},
                                      {"lateMinutes",
                                       it.late_minutes ? text_of(*it.late_minutes) : std::string()},
                                      {"reason", std::string(reason)}});
    }
  }

  const std::vector<journal::Excuse>& excuses_of(std::int64_t pupil) {
    const auto [known, is_new] = excuses_.try_emplace(pupil);
    if (is_new) known->second = journal::excuses_of(year_.database, pupil);
    return known->second;
  }

  /// Whether it is in the archive, and its journal may be.
  bool is_shared(std::int64_t pupil) {
    const auto [known, is_new] = shared_.try_emplace(pupil, false);
    if (is_new && year_.users.contains(pupil)) {
      known->second = journal::may_go_to_other_systems(year_.database, pupil, year_.today);
    }
    return known->second;
  }

  const RosterYear& year_;
  std::map<std::int64_t, std::string> types_;
  std::map<std::int64_t, bool> shared_;
  std::map<std::int64_t, std::vector<journal::Excuse>> excuses_;
};

}  // namespace

void add_roster_marks(const RosterYear& year, const std::vector<journal::CourseTitle>& courses) {
  Marks marks(year);
  for (const auto& course : courses) marks.add(course);
}

}  // namespace zimnik::hub
