// The teaching load: who teaches what to which class or subgroup, and how many hours. Each row is a
// page of the journal.
#include <map>

#include "schema/commands/course.h"
#include "schema/import/kinds.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr Column kColumns[] = {{"Класс", "7А", true},
                               {"Подгруппа", ""},
                               {"Предмет", "Алгебра", true},
                               {"Учитель", "Иванова А. И."},
                               {"Часы", "102", true}};

/// What a row says.
struct Line {
  std::size_t number = 0;
  ClassNow school_class;
  std::optional<std::int64_t> group;
  std::int64_t subject = 0;
  std::optional<std::int64_t> teacher;
  std::optional<int> hours;
  std::string title;
};

std::optional<Line> line_from(Planning& planning, const SheetRow& row) {
  const auto* school_class = planning.class_named(row.line, row["Класс"]);
  const auto hours = planning.hours_from(row.line, row["Часы"]);
  std::optional<std::int64_t> teacher;
  if (!row["Учитель"].empty()) {
    teacher = planning.teacher_named(row.line, row["Учитель"]);
    if (!teacher) return std::nullopt;
  }
  const bool has_bad_hours = !hours && !row["Часы"].empty();
  if (school_class == nullptr || has_bad_hours || row["Предмет"].empty()) return std::nullopt;
  Line line{row.line, *school_class, {}, 0, teacher, hours, {}};
  line.subject = planning.subject_for(row.line, row["Предмет"]);
  line.title = line.school_class.text() + ", " + planning.school().subject_name(line.subject);
  if (!row["Подгруппа"].empty()) {
    line.group = planning.group_for(row.line, line.school_class, row["Подгруппа"]);
    line.title += " (" + row["Подгруппа"] + ")";
  }
  return line;
}

/// The page that the line speaks of: of several the one of its teacher.
std::vector<CourseNow> fitting(const SchoolNow& school, const Line& line) {
  auto courses = school.courses_of(line.school_class.id, line.subject);
  std::erase_if(courses, [&](const CourseNow& course) { return course.group != line.group; });
  if (courses.size() > 1) {
    std::erase_if(courses, [&](const CourseNow& course) { return course.teacher != line.teacher; });
  }
  return courses;
}

/// Gives the course.
std::int64_t plan_line(Planning& planning, const Line& line, const CourseNow* now) {
  auto& school = planning.school();
  const auto id = now == nullptr ? planning.new_id() : now->id;
  const bool is_new = now == nullptr;
  const bool is_taught = line.teacher && (is_new || now->teacher != line.teacher);
  const bool has_hours = line.hours && (is_new || now->hours != *line.hours);
  Change change{line.number, is_new ? Effect::added : Effect::changed, {"{1}", {line.title}}};
  if (is_taught) {
    const auto before = is_new || !now->teacher ? "" : school.staff_name(*now->teacher);
    note_difference(change.details, "учитель: {1} → {2}", before, school.staff_name(*line.teacher));
  }
  if (has_hours) {
    note_difference(change.details, "часы: {1} → {2}",
                    is_new || now->hours == 0 ? "" : std::to_string(now->hours),
                    std::to_string(*line.hours));
  }
  if (!is_new && !is_taught && !has_hours) {
    change.effect = Effect::same;
  } else {
    if (is_new) {
      school.note_course({id, line.subject, line.school_class.id, line.group, line.teacher,
                          line.hours.value_or(0)});
    }
    change.write = [=](Command& command) {
      if (is_new) set_course(command, id, line.subject, line.school_class.id, line.group);
      if (is_taught) set_course_teacher(command, id, line.teacher);
      if (has_hours) set_course_hours(command, id, *line.hours);
    };
  }
  planning.add(std::move(change));
  return id;
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::map<std::int64_t, std::size_t> lines;  // of which course a row has spoken
  for (const auto& row : rows) {
    const auto line = line_from(planning, row);
    if (!line) continue;
    const auto courses = fitting(planning.school(), *line);
    if (courses.size() > 1) {
      planning.fault(row.line, {"{1}: журналов несколько, укажите учителя", {line->title}});
      continue;
    }
    if (!courses.empty() && lines.contains(courses.front().id)) {
      planning.fault(row.line,
                     {"повторяет строку {1}", {std::to_string(lines.at(courses.front().id))}});
      continue;
    }
    lines.emplace(plan_line(planning, *line, courses.empty() ? nullptr : &courses.front()),
                  row.line);
  }
}

}  // namespace

const ImportKind kLoadFile = {
    "load",
    "Нагрузка",
    "Кто что преподаёт какому классу или подгруппе и сколько часов за учебный год. Каждая строка — "
    "страница журнала; предметы и подгруппы, которых ещё нет, заводятся.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan};

}  // namespace zimnik::journal
