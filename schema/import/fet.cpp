// The timetable that FET exports (timetable.csv): "Activity Id","Day","Hour","Students Sets",
// "Subject","Teachers","Activity Tags","Room","Comments". An activity of two hours has two rows;
// several sets or teachers are joined by "+".
#include <algorithm>

#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/import/slots.h"
#include "schema/query.h"

namespace zimnik::journal {

namespace {

constexpr Column kColumns[] = {{"Activity Id", "1"},
                               {"Day", "Понедельник", true},
                               {"Hour", "1", true},
                               {"Students Sets", "7А"},
                               {"Subject", "Алгебра"},
                               {"Teachers", "Иванова А. И."},
                               {"Activity Tags", ""},
                               {"Room", "12", false, limits::kNumberBytes},
                               {"Comments", "", false, limits::kCommentBytes, true}};

std::vector<std::string> parts_of(const std::string& joined) {
  std::vector<std::string> parts(1);
  for (const char it : joined) {
    if (it == '+') {
      parts.emplace_back();
    } else {
      parts.back() += it;
    }
  }
  std::erase_if(parts, [](const std::string& part) { return bare(part).empty(); });
  return parts;
}

/// A class, or a class and its subgroup.
struct Students {
  ClassNow school_class;
  std::optional<std::int64_t> group;
};

/// «7А», «7А 1 группа».
std::optional<Students> students_named(Planning& planning, std::size_t line,
                                       const std::string& set) {
  auto& school = planning.school();
  if (const auto* whole = school.class_named(set)) return Students{*whole, {}};
  const auto name = bare(set);
  for (const auto& one : school.classes()) {
    const auto beginning = bare(one.text());
    if (!name.starts_with(beginning) || name.size() == beginning.size()) continue;
    if (const auto* group = school.group_named(one.id, name.substr(beginning.size()))) {
      return Students{one, group->id};
    }
  }
  planning.fault(line, {"«{1}»: нет такого класса или подгруппы класса", {set}});
  return std::nullopt;
}

/// The number of the lesson: «1», «1 урок», or the time at which it begins.
std::optional<int> number_from(Planning& planning, const std::string& hour, const ClassNow& of) {
  const auto time = hour.size() == 4 ? "0" + hour : hour.substr(0, 5);
  if (is_time_of_day(time)) {
    const auto number = one_integer(
        planning.database(),
        "SELECT number FROM bell_schedule WHERE branch = ? AND shift = ? AND starts = ?",
        {of.name.branch, std::int64_t{of.name.shift}, text_value(time)});
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
  }
  const auto number = whole_number_from(hour.substr(0, hour.find_first_not_of("0123456789")));
  return number && *number <= limits::kLessonsInDay ? number : std::nullopt;
}

/// The pages of the journal of these students, this subject and these teachers.
std::vector<CourseNow> courses_of(Planning& planning, const Students& students,
                                  std::int64_t subject, const std::vector<std::int64_t>& teachers) {
  auto courses = planning.school().courses_of(students.school_class.id, subject);
  std::erase_if(courses, [&](const CourseNow& course) {
    const bool is_theirs =
        teachers.empty() || (course.teacher && std::find(teachers.begin(), teachers.end(),
                                                         *course.teacher) != teachers.end());
    return !is_theirs || (students.group && course.group != students.group);
  });
  return courses;
}

/// Nothing, and a fault, where one isn't known.
std::optional<std::vector<std::int64_t>> teachers_from(Planning& planning, const SheetRow& row) {
  std::vector<std::int64_t> teachers;
  for (const auto& part : parts_of(row["Teachers"])) {
    const auto teacher = planning.teacher_named(row.line, part);
    if (!teacher) return std::nullopt;
    teachers.push_back(*teacher);
  }
  return teachers;
}

void plan_row(Planning& planning, const SheetRow& row, std::vector<SlotWish>& wishes) {
  const auto weekday = weekday_from(row["Day"]);
  if (!weekday && !row["Day"].empty()) {
    planning.fault(row.line, {"день «{1}»: нужен день недели", {row["Day"]}});
  }
  const auto subject = planning.subject_named(row.line, row["Subject"]);
  const auto teachers = teachers_from(planning, row);
  for (const auto& set : parts_of(row["Students Sets"])) {
    const auto students = students_named(planning, row.line, set);
    if (!students || !subject || !teachers || !weekday) continue;
    const auto number = number_from(planning, row["Hour"], students->school_class);
    if (!number) {
      planning.fault(row.line,
                     {"урок «{1}»: нужен номер урока или время звонка на него", {row["Hour"]}});
      continue;
    }
    const auto courses = courses_of(planning, *students, *subject, *teachers);
    if (courses.empty()) {
      planning.fault(row.line, {"{1}: такого журнала нет, сначала внесите нагрузку", {set}});
    }
    for (const auto& course : courses) {
      wishes.push_back({row.line, course, *weekday, *number, row["Room"]});
    }
  }
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::vector<SlotWish> wishes;
  for (const auto& row : rows) {
    if (row["Students Sets"].empty()) {
      planning.add({row.line, Effect::same, {"занятие без класса: пропущено", {}}});
    } else {
      plan_row(planning, row, wishes);
    }
  }
  plan_slots(planning, wishes);
}

}  // namespace

const ImportKind kFetFile = {
    "fet",
    "Расписание из FET",
    "Файл timetable.csv программы FET: расписание названных в нём классов целиком, как файлом "
    "«Расписание».",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan,
    false,
    true,
    nullptr,
    true};

}  // namespace zimnik::journal
