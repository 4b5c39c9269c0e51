// What a OneRoster archive does: its rows become rows of our own kinds of files, and those plan. A
// class of type homeroom is a class, «7А»; one of type scheduled a page of the journal, «7А
// Алгебра» or «7А Труд (1 группа)».
#include "schema/import/oneroster.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/commands/school.h"
#include "schema/import/folding.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Command;

namespace {

/// The word for the column «Должность»; empty for who is no staff.
std::string position_of(const RosterRoles& roles) {
  static const std::map<std::string, std::string> kPositions = {
      {"principal", "директор"},
      {"administrator", "завуч"},
      {"siteadministrator", "завуч"},
      {"systemadministrator", "технический специалист"},
      {"teacher", "учитель"}};
  std::string text;
  for (const auto& role : roles) {
    const auto found = kPositions.find(role);
    if (found != kPositions.end()) text += (text.empty() ? "" : ", ") + found->second;
  }
  return text;
}

/// What a scheduled class's title says.
struct Lessons {
  std::string school_class, subject, group;
};
/// The text in brackets that it ends with is a group, and is taken off it.
std::string group_off(std::string& title) {
  const auto bracket = title.rfind('(');
  if (bracket == std::string::npos || !title.ends_with(")")) return "";
  const auto group = trimmed(title.substr(bracket + 1, title.size() - bracket - 2));
  title = trimmed(title.substr(0, bracket));
  return group;
}

/// The course's own title may have brackets, «Труд (технология)», which are no group then.
Lessons lessons_of(const RosterClass& one) {
  Lessons lessons;
  const auto blank = one.title.find(' ');
  lessons.school_class = one.title.substr(0, blank);
  lessons.subject = blank == std::string::npos ? "" : trimmed(one.title.substr(blank));
  if (lessons.subject != one.course_title) lessons.group = group_off(lessons.subject);
  if (lessons.subject.empty()) lessons.subject = one.course_title;
  return lessons;
}

std::string teacher_of(const Roster& roster, const RosterClass& one) {
  return one.teachers.empty() ? "" : roster.users.at(one.teachers.front()).full_name();
}

/// In order of the file's lines.
template <class Item>
std::vector<const Item*> by_line(const std::map<std::string, Item>& items) {
  std::vector<const Item*> list;
  for (const auto& [id, item] : items) list.push_back(&item);
  std::sort(list.begin(), list.end(),
            [](const Item* left, const Item* right) { return left->line < right->line; });
  return list;
}

void plan_periods(Planning& planning, const Roster& roster) {
  planning.begin_file("academicSessions.csv");
  const int year = planning.options().year;
  const auto now = periods_of_year(planning.database(), year);
  for (const auto& [type, most] : {std::pair("gradingperiod", 4), std::pair("semester", 2)}) {
    std::vector<RosterSession> sessions;
    for (const auto& session : roster.sessions) {
      if (session.type == type && session.starts.school_year() == year) sessions.push_back(session);
    }
    if (sessions.empty()) continue;
    const auto count = static_cast<int>(sessions.size());
    if (count < 2 || count > most) {
      planning.fault(sessions.front().line, {"отчётных периодов {1}: нужно от 2 до {2}",
                                             {std::to_string(count), std::to_string(most)}});
      continue;
    }
    const std::string letter = count == 4 ? "q" : count == 3 ? "t" : "h";
    for (int i = 0; i < count; ++i) {
      const auto& session = sessions[static_cast<std::size_t>(i)];
      const auto code = letter + std::to_string(i + 1);
      const auto held = std::find_if(now.begin(), now.end(),
                                     [&](const Period& period) { return period.code == code; });
      const bool is_new = held == now.end();
      Change change{session.line,
                    is_new ? Effect::added : Effect::changed,
                    {Period{year, code, {}, {}, {}}.title(), {}}};
      change.details.push_back(
          {"с {1} по {2}", {session.starts.russian(), session.ends.russian()}});
      if (!is_new && held->starts == session.starts && held->ends == session.ends) {
        change.effect = Effect::same;
      } else {
        change.write = [=, starts = session.starts, ends = session.ends](Command& command) {
          set_period(command, year, code, starts, ends);
        };
      }
      planning.add(std::move(change));
    }
  }
}

void plan_staff(Planning& planning, const Roster& roster) {
  std::vector<SheetRow> rows;
  for (const auto* user : by_line(roster.users)) {
    const auto position = position_of(user->roles);
    if (position.empty()) continue;
    rows.push_back({user->line,
                    {{"Фамилия", user->family_name},
                     {"Имя", user->given_name},
                     {"Отчество", user->middle_name},
                     {"Должность", position}}});
  }
  planning.begin_file("users.csv");
  kStaffFile.plan(planning, rows);
}

void plan_classes(Planning& planning, const Roster& roster) {
  std::vector<SheetRow> rows;
  for (const auto* one : by_line(roster.classes)) {
    if (!one->is_homeroom) continue;
    // A school of one building has it already, whatever its name.
    rows.push_back({one->line,
                    {{"Класс", one->title},
                     {"Здание", roster.schools > 1 ? one->school : ""},
                     {"Классный руководитель", teacher_of(roster, *one)}}});
  }
  planning.begin_file("classes.csv");
  kClassesFile.plan(planning, rows);
}

void plan_pupils(Planning& planning, const Roster& roster) {
  planning.begin_file("users.csv");
  std::map<std::string, std::string> homes;  // of users by sourcedId
  for (const auto* one : by_line(roster.classes)) {
    if (!one->is_homeroom) continue;
    for (const auto& student : one->students) {
      const auto [home, is_first] = homes.emplace(student, one->title);
      if (!is_first && home->second != one->title) {
        planning.fault(roster.users.at(student).line,
                       {"записан в два класса: {1} и {2}", {home->second, one->title}});
      }
    }
  }
  std::vector<SheetRow> rows;
  for (const auto& [id, user] : roster.users) {
    if (!user.roles.contains("student")) continue;
    const auto home = homes.find(id);
    if (home == homes.end()) {
      planning.fault(user.line, {"не записан ни в один класс (homeroom)", {}});
      continue;
    }
    const auto gender = user.sex == "male" ? "м" : user.sex == "female" ? "ж" : "";
    rows.push_back({user.line,
                    {{"Фамилия", user.family_name},
                     {"Имя", user.given_name},
                     {"Отчество", user.middle_name},
                     {"Дата рождения", user.birth_date},
                     {"Пол", gender},
                     {"Класс", home->second},
                     {"№ личного дела", user.identifier}}});
  }
  std::sort(rows.begin(), rows.end(),
            [](const SheetRow& left, const SheetRow& right) { return left.line < right.line; });
  kPupilsFile.plan(planning, rows);
}

void plan_courses(Planning& planning, const Roster& roster) {
  std::vector<SheetRow> courses, members;
  planning.begin_file("classes.csv");
  for (const auto* one : by_line(roster.classes)) {
    if (one->is_homeroom) continue;
    const auto lessons = lessons_of(*one);
    if (lessons.subject.empty() || !class_from(lessons.school_class)) {
      planning.fault(one->line,
                     {"«{1}»: нужны класс и предмет, например «7А Алгебра»", {one->title}});
      continue;
    }
    courses.push_back({one->line,
                       {{"Класс", lessons.school_class},
                        {"Подгруппа", lessons.group},
                        {"Предмет", lessons.subject},
                        {"Учитель", teacher_of(roster, *one)}}});
    if (lessons.group.empty()) continue;
    for (const auto& student : one->students) {
      const auto& user = roster.users.at(student);
      members.push_back({one->line,
                         {{"Класс", lessons.school_class},
                          {"Подгруппа", lessons.group},
                          {"Фамилия", user.family_name},
                          {"Имя", user.given_name},
                          {"Отчество", user.middle_name}}});
    }
  }
  kLoadFile.plan(planning, courses);
  kGroupsFile.plan(planning, members);
}

void plan_files(Planning& planning, const ImportFiles& files) {
  const auto roster = read_roster(planning, files);
  plan_periods(planning, roster);
  plan_staff(planning, roster);
  plan_classes(planning, roster);
  plan_pupils(planning, roster);
  plan_courses(planning, roster);
}

}  // namespace

const ImportKind kOneRosterFile = {
    "oneroster",
    "Архив OneRoster",
    "Архив ZIP с файлами CSV OneRoster 1.1 или 1.2: периоды, сотрудники, классы, обучающиеся, "
    "журналы и подгруппы. Часов, расписания и законных представителей из него не берут.",
    {Role::principal, Role::deputy_head, Role::technical_specialist},
    {},
    nullptr,
    false,
    true,
    plan_files};

}  // namespace zimnik::journal
