// OneRoster archives, 1.1 and 1.2, from their files on.
#include <catch2/catch.hpp>

#include "tests/schema/import/import.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using Catch::Contains;

/// A school of 8А with a whole class's algebra and a subgroup, as 1.1 has it.
ImportFiles archive() {
  return {
      {"manifest.csv",
       "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n"},
      {"orgs.csv", "sourcedId,status,dateLastModified,name,type\no1,,,Школа,school\n"},
      {"academicSessions.csv",
       "sourcedId,status,dateLastModified,title,type,startDate,endDate\n"
       "y,,,2025,schoolYear,2025-09-01,2026-05-27\n"
       "a2,,,II,gradingPeriod,2025-11-05,2025-12-31\n"
       "a1,,,I,gradingPeriod,2025-09-01,2025-10-25\n"
       "a3,,,III,gradingPeriod,2026-01-12,2026-03-28\n"
       "a4,,,IV,gradingPeriod,2026-04-06,2026-05-27\n"},
      {"users.csv",
       "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
       "givenName,familyName,middleName,identifier\n"
       "t1,,,true,o1,teacher,x,,Лев,Юмин,Ильич,\n"
       "s1,,,true,o1,student,x,,Ян,Ли,,Л-1\n"
       "s2,,,true,o1,student,x,,Юлия,Ким,,\n"
       "s3,tobedeleted,,true,o1,student,x,,Был,Да,,\n"
       "g1,,,true,o1,parent,x,,Ольга,Ли,,\n"},
      {"demographics.csv",
       "sourcedId,status,dateLastModified,birthDate,sex\ns1,,,2011-02-03,male\n"},
      {"courses.csv",
       "sourcedId,status,dateLastModified,schoolYearSourcedId,title\nc1,,,,Алгебра\n"},
      {"classes.csv",
       "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,"
       "location,schoolSourcedId\n"
       "k1,,,8А,,,,homeroom,,o1\nk2,,,8А,,c1,,scheduled,,o1\n"
       "k3,,,8А Труд (1 группа),,,,scheduled,,o1\n"},
      {"enrollments.csv",
       "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
       "primary,beginDate,endDate\n"
       "1,,,k1,o1,t1,teacher,true,,\n2,,,k1,o1,s1,student,,,\n3,,,k1,o1,s2,student,,,2026-05-27\n"
       "4,,,k2,o1,t1,teacher,true,,\n5,,,k3,o1,s1,student,,,\n"
       "6,,,k3,o1,s2,student,,,2025-09-03\n"},
  };
}

/// The archive as 1.2 has it: roles stand in a file of their own.
ImportFiles newer_archive() {
  auto files = archive();
  files["manifest.csv"] = "propertyName,value\noneroster.version,1.2\n";
  files["users.csv"] =
      "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
      "middleName,identifier\n"
      "t1,,,true,x,,Лев,Юмин,Ильич,\ns1,,,true,x,,Ян,Ли,,Л-1\ns2,,,true,x,,Юлия,Ким,,\n";
  files["roles.csv"] =
      "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
      "orgSourcedId\n1,,,t1,primary,teacher,,,o1\n2,,,s1,primary,student,,,o1\n"
      "3,,,s2,primary,student,,,o1\n4,,,t1,secondary,systemAdministrator,,,o1\n";
  return files;
}

TEST_CASE("an archive's periods, staff, classes, pupils and journals come in, and once") {
  auto node = school_node();
  const auto plan = bring_in(node, archive());
  CHECK_THAT(changes_of(plan), Contains("+3 четверть; с 12.01.2026 по 27.03.2026\n") &&
                                   Contains("+Юмин Лев Ильич; роль: учитель\n") &&
                                   !Contains("1 четверть"));
  CHECK(node.read("SELECT code, starts, ends FROM reporting_period ORDER BY code") ==
        "q1,2025-09-01,2025-10-24\nq2,2025-11-05,2025-12-30\nq3,2026-01-12,2026-03-27\n"
        "q4,2026-04-06,2026-05-26");
  CHECK(node.read("SELECT p.family_name FROM school_class k JOIN person p ON p.id = "
                  "k.class_teacher WHERE k.grade_level = 8 AND k.letter = 'А'") == "Юмин");
  CHECK(node.read("SELECT p.family_name, p.birth_date, f.gender, f.file_number FROM enrolment e "
                  "JOIN school_class k ON k.id = e.school_class JOIN person p ON p.id = e.pupil "
                  "LEFT JOIN personal_file f ON f.pupil = p.id WHERE k.grade_level = 8 "
                  "ORDER BY p.family_name") == "Ким,-,-,-\nЛи,2011-02-03,м,Л-1");
  CHECK(node.read("SELECT s.name, g.name, c.teacher IS NULL FROM course c JOIN subject s ON "
                  "s.id = c.subject LEFT JOIN study_group g ON g.id = c.study_group JOIN "
                  "school_class k ON k.id = c.school_class WHERE k.grade_level = 8 "
                  "ORDER BY s.name") == "Алгебра,-,0\nТруд,1 группа,1");
  CHECK(node.read("SELECT p.family_name FROM group_member m JOIN person p ON p.id = m.pupil") ==
        "Ли");
  CHECK(node.read("SELECT count(*) FROM person WHERE kind = 'guardian'") == "1");
  const auto again = look(node, archive());
  CHECK(faults_of(again).empty());
  CHECK(changes_of(again).empty());
}

TEST_CASE("an archive of 1.2 has its roles in a file of their own") {
  auto node = school_node();
  bring_in(node, newer_archive());
  CHECK(node.read("SELECT g.role FROM role_grant g JOIN person p ON p.id = g.person WHERE "
                  "p.family_name = 'Юмин' ORDER BY g.role") ==
        "subject_teacher\ntechnical_specialist");
  CHECK(look(node, archive()).changes_nothing());
}

TEST_CASE("brackets of a course's own title are no group, and those after it are one") {
  auto node = school_node();
  auto files = archive();
  files["courses.csv"] += "c2,,,,Труд (технология)\n";
  files["classes.csv"] +=
      "k4,,,8А Труд (технология),,c2,,scheduled,,o1\n"
      "k5,,,8А Труд (технология) (2 группа),,c2,,scheduled,,o1\n";
  bring_in(node, files);
  CHECK(node.read("SELECT g.name FROM course c JOIN subject s ON s.id = c.subject LEFT JOIN "
                  "study_group g ON g.id = c.study_group WHERE s.name = 'Труд (технология)' "
                  "ORDER BY g.name") == "-\n2 группа");
}

TEST_CASE("what an archive lacks, or can't mean, is named with its file and line") {
  auto node = school_node();
  auto files = archive();
  files.erase("orgs.csv");
  files["manifest.csv"] = "propertyName,value\noneroster.version,2.0\nfile.users,delta\n";
  files["users.csv"] += "s4,,,true,o1,student,x,,Нет,Класса,,\ns5,,,true,o1,student,x,,,Без,,\n";
  files["classes.csv"] += "k4,,,Хор,,,,scheduled,,o1\n";
  files["enrollments.csv"] += "7,,,k9,o1,s1,student,,,\n8,,,k1,o1,s9,student,,,\n";
  files["academicSessions.csv"] += "a5,,,V,gradingPeriod,2026-05-20,2026-05-10\n";
  CHECK(faults_of(look(node, files)) ==
        "academicSessions.csv, строка 7: нужны дни: startDate раньше endDate\n"
        "classes.csv, строка 5: «Хор»: нужны класс и предмет, например «7А Алгебра»\n"
        "enrollments.csv, строка 8: нет такого classSourcedId: «k9»\n"
        "enrollments.csv, строка 9: нет такого userSourcedId: «s9»\n"
        "manifest.csv, строка 2: версия OneRoster «2.0»: нужна 1.1 или 1.2\n"
        "manifest.csv, строка 3: file.users: нужна полная выгрузка (bulk), а не изменения (delta)\n"
        "orgs.csv: этого файла в архиве нет\n"
        "users.csv, строка 7: не записан ни в один класс (homeroom)\n"
        "users.csv, строка 8: givenName: не заполнено\n");
}

TEST_CASE("an archive without files, or with bytes for files, gives reasons") {
  auto node = school_node();
  CHECK_THAT(faults_of(look(node, {})),
             Contains("manifest.csv: этого файла") && Contains("users.csv: этого файла"));
  auto files = archive();
  files["classes.csv"] = std::string("\0\xff\"", 3);
  files["users.csv"] = "sourcedId\n";
  CHECK_THAT(faults_of(look(node, files)), Contains("classes.csv: файл не в UTF-8") &&
                                               Contains("users.csv, строка 1: нет столбцов"));
}

}  // namespace
}  // namespace zimnik::journal
