// A school out as OneRoster 1.2, and in again by our own import.
#include "hub/api/oneroster.h"

#include <zip.h>

#include <catch2/catch.hpp>
#include <set>

#include "hub/api/zip.h"
#include "schema/commands/course.h"
#include "schema/commands/family.h"
#include "schema/commands/final_mark.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "schema/import/csv.h"
#include "schema/words.h"
#include "tests/schema/import/import.h"

namespace zimnik::hub::test {
namespace {

using namespace journal;
using namespace journal::test;
using Catch::Contains;
using sync::Command;

const sync::SchoolId kSchool = sync::SchoolId::from(std::string(16, 's'));
constexpr std::int64_t kLabour = 803, kLabourCourse = 903, kGroup = 501;

/// The small school with a subgroup, and marks of every kind for Ivanov, whose mother has agreed.
Node whole_school() {
  auto node = school_node();
  const auto write = [&](const Do& command) {
    node.save(command, {"technician", rank_of(Role::technical_specialist)});
  };
  write([](Command& run) {
    set_period(run, kYear, "q3", day("2026-01-12"), day("2026-03-27"));
    set_period(run, kYear, "q4", day("2026-04-06"), day("2026-05-26"));
    set_subject(run, kLabour, "Труд");
    set_group(run, kGroup, "1 группа", "subgroup", kClassA);
    join_group(run, kGroup, kIvanov, day("2025-09-01"));
    set_course(run, kLabourCourse, kLabour, kClassA, kGroup);
    record_consent(run, kMother, kElectronicDiary, Agreement::granted, "заявление",
                   day("2025-09-01"));
  });
  open(node, kMonday);
  open(node, kWednesday);
  node.save(
      [](Command& run) {
        set_topic(run, kMonday, "=1+2");
        enter_mark(run, {kMonday, kIvanov, 1, 1}, {5, {}, kControlWork, "+да", {}});
        enter_mark(run, {kMonday, kPetrova, 1, 1}, {4, {}, {}, "", {}});
        enter_mark(run, {kWednesday, kIvanov, 1, 1}, {{}, {}, {}, "", {}});
        set_absence(run, kWednesday, kIvanov, Absence::absent);
        set_final(run, {kIvanov, kCourseA, "q1", kYear}, "осв");
      },
      teacher());
  return node;
}

ImportFiles exported(Node& node) {
  return oneroster_of(node->database(), kSchool, day("2025-09-03")).files;
}

/// Rows of a file by the names of its columns.
std::vector<std::map<std::string, std::string>> rows_of(const ImportFiles& files,
                                                        const std::string& name) {
  const auto rows = read_csv(files.at(name));
  std::vector<std::map<std::string, std::string>> found;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto& row = found.emplace_back();
    for (std::size_t j = 0; j < rows[i].fields.size(); ++j) {
      row[rows.front().fields[j]] = rows[i].fields[j];
    }
  }
  return found;
}

std::map<std::string, std::string> row_of(const ImportFiles& files, const std::string& name,
                                          const std::string& column, const std::string& value) {
  for (const auto& row : rows_of(files, name)) {
    if (row.at(column) == value) return row;
  }
  FAIL(name << ": no row of " << column << " " << value);
  return {};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find("\r\n")); }

/// What the school consists of, by words alone: ids are each school's own.
std::string structure_of(Node& node) {
  return node.read(
             "SELECT kind, family_name, given_name, patronymic, birth_date FROM person WHERE "
             "kind != 'guardian' ORDER BY 1, 2, 3") +
         "\n" +
         node.read(
             "SELECT k.grade_level, k.letter, p.family_name FROM school_class k LEFT JOIN "
             "person p ON p.id = k.class_teacher ORDER BY 1, 2") +
         "\n" +
         node.read(
             "SELECT k.grade_level, k.letter, p.family_name FROM enrolment e JOIN person p "
             "ON p.id = e.pupil JOIN school_class k ON k.id = e.school_class ORDER BY 1, 2, "
             "3") +
         "\n" +
         node.read(
             "SELECT s.name, k.letter, g.name, p.family_name FROM course c JOIN subject s ON "
             "s.id = c.subject JOIN school_class k ON k.id = c.school_class LEFT JOIN "
             "study_group g ON g.id = c.study_group LEFT JOIN person p ON p.id = c.teacher "
             "ORDER BY 1, 2, 3") +
         "\n" +
         node.read(
             "SELECT g.name, p.family_name FROM group_member m JOIN study_group g ON g.id = "
             "m.study_group JOIN person p ON p.id = m.pupil ORDER BY 1, 2") +
         "\n" + node.read("SELECT code, starts, ends FROM reporting_period ORDER BY 1") + "\n" +
         node.read(
             "SELECT p.family_name, r.role FROM role_grant r JOIN person p ON p.id = "
             "r.person WHERE r.state = 'granted' ORDER BY 1, 2");
}

// What 1EdTech's OneRoster CSV Binding 1.2 says, written apart from what writes it.
const std::map<std::string, std::string> kHeadings = {
    {"academicSessions.csv", "title,type,startDate,endDate,parentSourcedId,schoolYear"},
    {"categories.csv", "title,weight"},
    {"classes.csv",
     "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,"
     "subjects,subjectCodes,periods"},
    {"courses.csv",
     "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"},
    {"demographics.csv",
     "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
     "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
     "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
     "publicSchoolResidenceStatus"},
    {"enrollments.csv",
     "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"},
    {"lineItems.csv",
     "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
     "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId"},
    {"orgs.csv", "name,type,identifier,parentSourcedId"},
    {"results.csv",
     "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,"
     "classSourcedId,inProgress,incomplete,late,missing"},
    {"roles.csv",
     "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"},
    {"users.csv",
     "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
     "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
     "preferredFamilyName,primaryOrgSourcedId,pronouns"},
    {"attendance.csv", "classSourcedId,userSourcedId,date,lessonNumber,code,lateMinutes,reason"},
};

TEST_CASE("each file has the heading that OneRoster 1.2 gives it, and the manifest names them") {
  auto node = whole_school();
  const auto files = exported(node);
  CHECK(files.size() == kHeadings.size() + 1);
  for (const auto& [name, columns] : kHeadings) {
    CHECK(first_line(files.at(name)) == "sourcedId,status,dateLastModified," + columns);
  }
  std::map<std::string, std::string> manifest;
  for (const auto& row : rows_of(files, "manifest.csv")) {
    manifest[row.at("propertyName")] = row.at("value");
  }
  CHECK(first_line(files.at("manifest.csv")) == "propertyName,value");
  CHECK(manifest.size() == 25);
  CHECK(manifest["manifest.version"] == "1.0");
  CHECK(manifest["oneroster.version"] == "1.2");
  CHECK(manifest["source.systemCode"] == kSchool.hex());
  std::size_t bulk = 0;
  for (const auto& [name, value] : manifest) {
    if (!name.starts_with("file.")) continue;
    const bool is_there = files.contains(name.substr(5) + ".csv");
    CHECK(value == (is_there ? "bulk" : "absent"));
    bulk += is_there ? 1 : 0;
  }
  CHECK(bulk == kHeadings.size() - 1);  // attendance.csv is ours
}

TEST_CASE("what went out comes into an empty school as the same people, classes and journals") {
  auto node = whole_school(), empty = empty_node("b");
  empty.save([](Command& run) { set_branch(run, kBranch, "Главное здание", "Ясунт"); },
             {"technician", rank_of(Role::technical_specialist)});
  const auto files = exported(node);
  bring_in(empty, files);
  CHECK(structure_of(empty) == structure_of(node));
  CHECK(changes_of(look(node, files)).empty());  // where it came from it changes nothing
}

TEST_CASE("ids stay from one export to the next, and no other row has them") {
  auto node = whole_school();
  const auto files = exported(node);
  CHECK(exported(node) == files);
  for (const auto& [name, text] : files) {
    if (name == "manifest.csv") continue;
    std::set<std::string> ids;
    for (const auto& row : rows_of(files, name)) CHECK(ids.insert(row.at("sourcedId")).second);
  }
}

TEST_CASE("marks, owed works and results are OneRoster's statuses") {
  auto node = whole_school();
  const auto files = exported(node);
  const auto mark = row_of(files, "results.csv", "sourcedId", "i901-2025-09-01-2-1-p21");
  CHECK(mark.at("scoreStatus") == "fully graded");
  CHECK(mark.at("score") == "5");
  const auto owed = row_of(files, "results.csv", "sourcedId", "i901-2025-09-03-2-1-p21");
  CHECK(owed.at("scoreStatus") == "not submitted");
  CHECK(owed.at("score").empty());
  const auto exempt = row_of(files, "results.csv", "sourcedId", "f901-2025-q1-p21");
  CHECK(exempt.at("scoreStatus") == "exempt");
  CHECK(exempt.at("textScore") == "осв");
  const auto item = row_of(files, "lineItems.csv", "sourcedId", "i901-2025-09-01-2-1");
  CHECK(item.at("categorySourcedId") == "w1001");
  CHECK(item.at("title") == "Контрольная работа");
  const auto session = item.at("academicSessionSourcedId");
  const auto quarter = row_of(files, "academicSessions.csv", "sourcedId", session);
  CHECK(quarter.at("type") == "gradingPeriod");
  CHECK(quarter.at("endDate") == "2025-10-25");  // the day after
  CHECK(row_of(files, "classes.csv", "title", "7А").at("classType") == "homeroom");
  CHECK(row_of(files, "classes.csv", "title", "7А Алгебра").at("classType") == "scheduled");
  const auto away = row_of(files, "attendance.csv", "userSourcedId", "p21");
  CHECK(away.at("code") == "н");
}

TEST_CASE("a pupil whose family hasn't agreed is in the classes, and in no journal") {
  auto node = whole_school();
  const auto files = exported(node);
  CHECK_THAT(files.at("users.csv"), Contains("Петрова"));
  CHECK_THAT(files.at("results.csv"), !Contains("p22"));
  node.save(
      [](Command& run) {
        record_consent(run, kMother, kElectronicDiary, Agreement::refused, "заявление",
                       day("2025-09-02"));
      },
      teacher());
  CHECK(rows_of(exported(node), "results.csv").empty());
  CHECK(rows_of(exported(node), "attendance.csv").empty());
}

TEST_CASE("what looks like a formula is no formula in the files") {
  auto node = whole_school();
  const auto files = exported(node);
  CHECK(row_of(files, "lineItems.csv", "sourcedId", "i901-2025-09-01-2-1").at("description") ==
        "'=1+2");
  CHECK(row_of(files, "results.csv", "sourcedId", "i901-2025-09-01-2-1-p21").at("comment") ==
        "'+да");
}

TEST_CASE("an archive has its files at the root, and the same files are the same bytes") {
  const ImportFiles files = {{"b.csv", "б,\"в\"\r\n"}, {"a.csv", std::string(100'000, 'x')}};
  const auto bytes = zip_of(files);
  CHECK(zip_of(files) == bytes);
  CHECK(bytes.size() < 2000);
  zip_error_t error;
  zip_error_init(&error);
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  auto* archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  REQUIRE(archive != nullptr);
  REQUIRE(zip_get_num_entries(archive, 0) == 2);
  for (const auto& [name, text] : files) {
    auto* file = zip_fopen(archive, name.c_str(), 0);
    REQUIRE(file != nullptr);
    std::string read(text.size() + 1, '\0');
    read.resize(static_cast<std::size_t>(zip_fread(file, read.data(), read.size())));
    CHECK(read == text);
    zip_fclose(file);
  }
  zip_discard(archive);
}

}  // namespace
}  // namespace zimnik::hub::test
