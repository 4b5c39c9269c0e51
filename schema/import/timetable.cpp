// The timetable of the week, a lesson in each row.
#include "schema/import/folding.h"
#include "schema/import/kinds.h"
#include "schema/import/slots.h"

namespace zimnik::journal {

namespace {

constexpr Column kColumns[] = {{"Класс", "7А", true},
                               {"Подгруппа", ""},
                               {"День", "понедельник", true},
                               {"Урок", "1", true},
                               {"Предмет", "Алгебра", true},
                               {"Учитель", "Иванова А. И."},
                               {"Кабинет", "12", false, limits::kNumberBytes}};

/// The page of the journal that the row speaks of. Without a subgroup it is the whole class's, or
/// the one of the row's teacher.
std::optional<CourseNow> course_of(Planning& planning, const SheetRow& row) {
  const auto* school_class = planning.class_named(row.line, row["Класс"]);
  const auto subject = planning.subject_named(row.line, row["Предмет"]);
  if (school_class == nullptr || !subject) return std::nullopt;
  auto courses = planning.school().courses_of(school_class->id, *subject);
  if (!row["Подгруппа"].empty()) {
    const auto* group = planning.school().group_named(school_class->id, row["Подгруппа"]);
    if (group == nullptr) {
      planning.fault(
          row.line, {"в классе {1} нет подгруппы «{2}»", {school_class->text(), row["Подгруппа"]}});
      return std::nullopt;
    }
    std::erase_if(courses, [&](const CourseNow& course) { return course.group != group->id; });
  }
  if (!row["Учитель"].empty()) {
    const auto teacher = planning.teacher_named(row.line, row["Учитель"]);
    if (!teacher) return std::nullopt;
    std::erase_if(courses, [&](const CourseNow& course) { return course.teacher != *teacher; });
  }
  if (courses.size() > 1) {
    std::erase_if(courses, [](const CourseNow& course) { return course.group.has_value(); });
  }
  if (courses.size() == 1) return courses.front();
  planning.fault(row.line,
                 courses.empty()
                     ? sync::Phrase{"такого журнала нет: сначала внесите нагрузку", {}}
                     : sync::Phrase{"журналов несколько: укажите подгруппу и учителя", {}});
  return std::nullopt;
}

void plan(Planning& planning, const std::vector<SheetRow>& rows) {
  std::vector<SlotWish> wishes;
  for (const auto& row : rows) {
    const auto weekday = weekday_from(row["День"]);
    const auto number = whole_number_from(row["Урок"]);
    const bool is_numbered = number && *number >= 0 && *number <= limits::kLessonsInDay;
    if (!weekday && !row["День"].empty()) {
      planning.fault(row.line, {"день «{1}»: нужен день недели", {row["День"]}});
    }
    if (!is_numbered && !row["Урок"].empty()) {
      planning.fault(row.line, {"урок «{1}»: нужно число от 0 до {2}",
                                {row["Урок"], std::to_string(limits::kLessonsInDay)}});
    }
    const auto course = course_of(planning, row);
    if (!course || !weekday || !is_numbered) continue;
    wishes.push_back({row.line, *course, *weekday, *number, row["Кабинет"]});
  }
  plan_slots(planning, wishes);
}

}  // namespace

const ImportKind kTimetableFile = {
    "timetable",
    "Расписание",
    "Расписание названных в файле классов целиком: уроки, которых в файле больше нет, кончатся "
    "накануне. Журналы должны быть внесены нагрузкой.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    kColumns,
    plan,
    false,
    true};

}  // namespace zimnik::journal
