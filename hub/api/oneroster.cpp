#include "hub/api/oneroster.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "hub/api/oneroster_marks.h"
#include "hub/api/oneroster_tables.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/membership.h"
#include "schema/read/school_title.h"
#include "schema/words.h"

namespace zimnik::hub {
namespace {

using journal::Date;
using sync::Database;
using sync::Statement;

std::string text_of(std::int64_t number) { return std::to_string(number); }
std::string class_id(std::int64_t school_class) { return "k" + text_of(school_class); }
std::string subject_id(std::int64_t subject) { return "s" + text_of(subject); }

/// Of a stay's last day: OneRoster's is the day after.
std::string end_of(const std::optional<Date>& until) {
  return until ? until->plus(1).text() : std::string();
}

std::string role_word(const std::string& role) {
  static const std::map<std::string, std::string> kWords = {
      {"principal", "principal"},
      {"deputy_head", "siteAdministrator"},
      {"technical_specialist", "systemAdministrator"},
      {"secretary", "aide"},
      {"class_teacher", "teacher"},
      {"subject_teacher", "teacher"},
      {"additional_teacher", "teacher"}};
  const auto found = kWords.find(role);
  return found == kWords.end() ? "" : found->second;
}

/// Fills the tables, in an order in which each finds what it needs.
class Exporter {
 public:
  Exporter(Database& database, const sync::SchoolId& school, Date today)
      : database_(database),
        org_(school.hex()),
        year_of_(year_from(database, today)),
        classes_(journal::classes_of_year(database, year_of_.year)),
        courses_(journal::courses_of_year(database, year_of_.year)) {}

  OneRosterArchive archive() {
    tables_.add(
        "orgs",
        {{"sourcedId", org_}, {"name", journal::school_title(database_).name}, {"type", "school"}});
    add_sessions();
    add_users();
    add_classes();
    for (const auto& course : courses_) add_course(course);
    add_roster_marks(year_of_, courses_);
    return {tables_.files(org_), {users_.begin(), users_.end()}};
  }

 private:
  RosterYear year_from(Database& database, Date today) {
    const int year = journal::year_at_work(database, today);
    return {database, org_,  today, year, {}, journal::periods_of_year(database, year),
            tables_,  users_};
  }

  void add_sessions() {
    Date starts = Date::from(year_of_.year, 9, 1).value();
    Date ends = Date::from(year_of_.year + 1, 5, 31).value();
    for (const auto& period : year_of_.periods) {
      starts = std::min(starts, period.starts);
      ends = std::max(ends, period.ends);
    }
    year_of_.ends = ends;
    const auto school_year =
        text_of(year_of_.year + 1);  // in OneRoster's words: the one it ends in
    tables_.add("academicSessions", {{"sourcedId", year_of_.session_id("")},
                                     {"title", text_of(year_of_.year) + "/" + school_year},
                                     {"type", "schoolYear"},
                                     {"startDate", starts.text()},
                                     {"endDate", end_of(ends)},
                                     {"schoolYear", school_year}});
    for (const auto& period : year_of_.periods) {
      tables_.add("academicSessions",
                  {{"sourcedId", year_of_.session_id(period.code)},
                   {"title", period.title()},
                   {"type", period.code.starts_with("h") ? "semester" : "gradingPeriod"},
                   {"startDate", period.starts.text()},
                   {"endDate", end_of(period.ends)},
                   {"parentSourcedId", year_of_.session_id("")},
                   {"schoolYear", school_year}});
    }
  }

  // --- people ---

  void add_users() {
    journal::each_row(
        database_,
        "SELECT p.id, p.family_name, p.given_name, p.patronymic, p.birth_date, max(k.grade_level) "
        "FROM person p JOIN enrolment e ON e.pupil = p.id JOIN school_class k ON k.id = "
        "e.school_class WHERE k.year = ? GROUP BY p.id ORDER BY p.id",
        {std::int64_t{year_of_.year}}, [&](const Statement& row) {
          if (!add_user(row, text_of(row.integer(5)))) return;
          add_role(row.integer(0), "student", true);
          tables_.add("demographics", {{"sourcedId", roster_person_id(row.integer(0))},
                                       {"birthDate", journal::string_at(row, 4)}});
        });
    journal::each_row(database_,
                      "SELECT id, family_name, given_name, patronymic FROM person WHERE kind = ? "
                      "ORDER BY id",
                      {journal::text_value(journal::word_of(journal::PersonKind::staff))},
                      [&](const Statement& row) {
                        if (add_user(row, "")) staff_.insert(row.integer(0));
                      });
    for (const auto person : staff_) add_staff_roles(person);
  }

  /// False where there is no name to call the person by.
  bool add_user(const Statement& row, const std::string& grades) {
    const auto family_name = journal::string_at(row, 1), given_name = journal::string_at(row, 2);
    if (family_name.empty() || given_name.empty()) return false;
    const auto id = roster_person_id(row.integer(0));
    users_.insert(row.integer(0));
    tables_.add("users", {{"sourcedId", id},
                          {"enabledUser", "true"},
                          {"username", id},
                          {"givenName", given_name},
                          {"familyName", family_name},
                          {"middleName", journal::string_at(row, 3)},
                          {"grades", grades},
                          {"primaryOrgSourcedId", org_}});
    return true;
  }

  void add_staff_roles(std::int64_t person) {
    std::set<std::string> words;
    journal::each_row(
        database_,
        "SELECT role FROM role_grant WHERE person = ?1 AND state = ?2 AND (since IS "
        "NULL OR since <= ?3) AND (until IS NULL OR until >= ?3)",
        {person, journal::text_value(journal::kGranted), journal::date_value(year_of_.today)},
        [&](const Statement& row) { words.insert(role_word(journal::string_at(row, 0))); });
    words.erase("");
    if (words.empty()) words.insert(teaches(person) ? "teacher" : "aide");
    bool is_first = true;
    for (const auto& word : words) {
      add_role(person, word, is_first);
      is_first = false;
    }
  }

  bool teaches(std::int64_t person) const {
    const auto is_own = [&](const auto& it) { return it == person; };
    return std::any_of(
               courses_.begin(), courses_.end(),
               [&](const auto& course) { return course.teacher && is_own(*course.teacher); }) ||
           std::any_of(classes_.begin(), classes_.end(), [&](const auto& one) {
             return one.class_teacher && is_own(*one.class_teacher);
           });
  }

  void add_role(std::int64_t person, const std::string& role, bool is_primary) {
    tables_.add("roles", {{"sourcedId", "r" + text_of(person) + "-" + role},
                          {"userSourcedId", roster_person_id(person)},
                          {"roleType", is_primary ? "primary" : "secondary"},
                          {"role", role},
                          {"orgSourcedId", org_}});
  }

  // --- classes ---

  void add_classes() {
    tables_.add("courses", {{"sourcedId", org_ + "-homeroom"},
                            {"schoolYearSourcedId", year_of_.session_id("")},
                            {"title", "Класс"},
                            {"orgSourcedId", org_}});
    for (const auto& subject : journal::subjects(database_)) {
      tables_.add("courses", {{"sourcedId", subject_id(subject.id)},
                              {"schoolYearSourcedId", year_of_.session_id("")},
                              {"title", subject.name},
                              {"orgSourcedId", org_},
                              {"subjects", subject.name}});
    }
    for (const auto& one : classes_) {
      const auto id = class_id(one.id);
      tables_.add("classes", {{"sourcedId", id},
                              {"title", one.text()},
                              {"grades", text_of(one.grade_level)},
                              {"courseSourcedId", org_ + "-homeroom"},
                              {"classType", "homeroom"},
                              {"schoolSourcedId", org_},
                              {"termSourcedIds", year_of_.session_id("")}});
      if (one.class_teacher) add_teacher(id, *one.class_teacher);
      journal::each_row(database_,
                        "SELECT pupil, since, until FROM enrolment WHERE school_class = ? "
                        "ORDER BY pupil, since",
                        {one.id}, [&](const Statement& row) {
                          const auto since = journal::date_at(row, 1);
                          if (since) {
                            add_student(id, {row.integer(0), *since, journal::date_at(row, 2)});
                          }
                        });
    }
  }

  void add_course(const journal::CourseTitle& course) {
    const auto group = course.group_name.empty() ? "" : " (" + course.group_name + ")";
    const auto before = course.class_name.empty() ? "" : course.class_name + " ";
    const auto id = roster_lessons_id(course.id);
    tables_.add("classes", {{"sourcedId", id},
                            {"title", before + course.subject_name + group},
                            {"courseSourcedId", subject_id(course.subject)},
                            {"classType", "scheduled"},
                            {"schoolSourcedId", org_},
                            {"termSourcedIds", year_of_.session_id("")},
                            {"subjects", course.subject_name}});
    if (course.teacher) add_teacher(id, *course.teacher);
    const auto head = journal::course_head(database_, course.id);
    if (!head) return;
    for (const auto& stay : journal::stays_in_course(database_, *head)) add_student(id, stay);
  }

  void add_teacher(const std::string& where, std::int64_t person) {
    if (!users_.contains(person)) return;
    tables_.add("enrollments", {{"sourcedId", "e-" + where + "-" + roster_person_id(person)},
                                {"classSourcedId", where},
                                {"schoolSourcedId", org_},
                                {"userSourcedId", roster_person_id(person)},
                                {"role", "teacher"},
                                {"primary", "true"}});
  }

  void add_student(const std::string& where, const journal::Stay& stay) {
    if (!users_.contains(stay.pupil)) return;
    const auto pupil = roster_person_id(stay.pupil);
    tables_.add("enrollments", {{"sourcedId", "e-" + where + "-" + pupil + "-" + stay.since.text()},
                                {"classSourcedId", where},
                                {"schoolSourcedId", org_},
                                {"userSourcedId", pupil},
                                {"role", "student"},
                                {"primary", "false"},
                                {"beginDate", stay.since.text()},
                                {"endDate", end_of(stay.until)}});
  }

  Database& database_;
  const std::string org_;
  RosterTables tables_;
  std::set<std::int64_t> users_, staff_;
  RosterYear year_of_;  ///< after what it refers to
  const std::vector<journal::ClassTitle> classes_;
  const std::vector<journal::CourseTitle> courses_;
};

}  // namespace

OneRosterArchive oneroster_of(Database& database, const sync::SchoolId& school, Date today) {
  const journal::Snapshot snapshot(database);
  return Exporter(database, school, today).archive();
}

}  // namespace zimnik::hub
