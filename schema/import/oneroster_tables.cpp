#include <algorithm>

#include "schema/import/folding.h"
#include "schema/import/oneroster.h"

namespace zimnik::journal {

namespace {

constexpr CsvBounds kBounds{limits::kArchiveFileBytes, limits::kArchiveRows};

constexpr Column kManifest[] = {{"propertyName", "", true}, {"value", ""}};
constexpr Column kOrgs[] = {
    {"sourcedId", "", true}, {"status", ""}, {"name", "", true}, {"type", "", true}};
constexpr Column kSessions[] = {
    {"status", ""}, {"type", "", true}, {"startDate", "", true}, {"endDate", "", true}};
constexpr Column kUsers[] = {{"sourcedId", "", true}, {"status", ""},           {"role", ""},
                             {"givenName", "", true}, {"familyName", "", true}, {"middleName", ""},
                             {"identifier", ""}};
constexpr Column kRoles[] = {{"userSourcedId", "", true}, {"status", ""}, {"role", "", true}};
constexpr Column kDemographics[] = {
    {"sourcedId", "", true}, {"status", ""}, {"birthDate", ""}, {"sex", ""}};
constexpr Column kCourses[] = {{"sourcedId", "", true}, {"status", ""}, {"title", "", true}};
constexpr Column kClasses[] = {{"sourcedId", "", true}, {"status", ""},
                               {"title", "", true},     {"courseSourcedId", ""},
                               {"classType", "", true}, {"schoolSourcedId", ""}};
constexpr Column kEnrollments[] = {{"status", ""},
                                   {"classSourcedId", "", true},
                                   {"userSourcedId", "", true},
                                   {"role", "", true},
                                   {"primary", ""},
                                   {"endDate", ""}};

/// Reads one file after the other.
class Reader {
 public:
  Reader(Planning& planning, const ImportFiles& files) : planning_(planning), files_(files) {}

  /// The rows of a file that are in force; none, and a fault if it is needed, where it isn't there.
  std::vector<SheetRow> rows(const char* name, std::span<const Column> columns, bool is_needed) {
    planning_.begin_file(name);
    const auto file = files_.find(name);
    if (file == files_.end()) {
      if (is_needed) planning_.fault(0, {"этого файла в архиве нет", {}});
      return {};
    }
    try {
      auto sheet = read_sheet(file->second, columns, kBounds);
      for (const auto& fault : sheet.faults) planning_.fault(fault.line, fault.why);
      leave_out_faulty(sheet);
      std::erase_if(sheet.rows,
                    [](const SheetRow& row) { return folded(row["status"]) == "tobedeleted"; });
      return std::move(sheet.rows);
    } catch (const BadFile& bad) {
      planning_.fault(bad.fault().line, bad.fault().why);
      return {};
    }
  }

  /// Refuses a version that isn't known, and a file that has only what changed.
  void check_manifest() {
    for (const auto& row : rows("manifest.csv", kManifest, true)) {
      const auto name = row["propertyName"], value = row["value"];
      if (name == "oneroster.version" && value != "1.1" && value != "1.2") {
        planning_.fault(row.line, {"версия OneRoster «{1}»: нужна 1.1 или 1.2", {value}});
      }
      if (name.starts_with("file.") && value == "delta") {
        planning_.fault(row.line,
                        {"{1}: нужна полная выгрузка (bulk), а не изменения (delta)", {name}});
      }
    }
  }

  void read_users(Roster& roster) {
    for (const auto& row : rows("users.csv", kUsers, true)) {
      RosterUser user{row.line,
                      row["familyName"],
                      row["givenName"],
                      row["middleName"],
                      row["identifier"],
                      {},
                      {},
                      {}};
      if (!row["role"].empty()) user.roles.insert(folded(row["role"]));
      roster.users.emplace(row["sourcedId"], std::move(user));
    }
    for (const auto& row : rows("roles.csv", kRoles, false)) {
      if (auto* user = user_named(roster, row)) user->roles.insert(folded(row["role"]));
    }
    for (const auto& row : rows("demographics.csv", kDemographics, false)) {
      const auto user = roster.users.find(row["sourcedId"]);
      if (user == roster.users.end()) continue;
      user->second.birth_date = row["birthDate"];
      user->second.sex = folded(row["sex"]);
    }
  }

  void read_classes(Roster& roster) {
    std::map<std::string, std::string> schools, courses;
    for (const auto& row : rows("orgs.csv", kOrgs, true)) {
      if (folded(row["type"]) == "school") schools[row["sourcedId"]] = row["name"];
    }
    roster.schools = schools.size();
    for (const auto& row : rows("courses.csv", kCourses, false)) {
      courses[row["sourcedId"]] = row["title"];
    }
    for (const auto& row : rows("classes.csv", kClasses, true)) {
      RosterClass one{row.line,
                      row["title"],
                      courses[row["courseSourcedId"]],
                      schools[row["schoolSourcedId"]],
                      folded(row["classType"]) == "homeroom",
                      {},
                      {}};
      roster.classes.emplace(row["sourcedId"], std::move(one));
    }
  }

  void read_enrollments(Roster& roster) {
    for (const auto& row : rows("enrollments.csv", kEnrollments, true)) {
      const auto ends = day_from(row["endDate"]);
      if (ends && *ends <= planning_.options().today) continue;
      const auto it = roster.classes.find(row["classSourcedId"]);
      if (it == roster.classes.end()) {
        planning_.fault(row.line,
                        {"нет такого {1}: «{2}»", {"classSourcedId", row["classSourcedId"]}});
        continue;
      }
      if (user_named(roster, row) == nullptr) continue;
      const auto role = folded(row["role"]);
      auto& teachers = it->second.teachers;
      if (role == "student") it->second.students.push_back(row["userSourcedId"]);
      if (role != "teacher") continue;
      const bool is_first = folded(row["primary"]) == "true";
      teachers.insert(is_first ? teachers.begin() : teachers.end(), row["userSourcedId"]);
    }
  }

  void read_sessions(Roster& roster) {
    for (const auto& row : rows("academicSessions.csv", kSessions, false)) {
      const auto starts = day_from(row["startDate"]), ends = day_from(row["endDate"]);
      if (!starts || !ends || *starts >= *ends) {
        planning_.fault(row.line, {"нужны дни: startDate раньше endDate", {}});
      } else {
        roster.sessions.push_back({row.line, folded(row["type"]), *starts, ends->plus(-1)});
      }
    }
    std::sort(roster.sessions.begin(), roster.sessions.end(),
              [](const auto& left, const auto& right) { return left.starts < right.starts; });
  }

 private:
  /// Null, and a fault, where there is none.
  RosterUser* user_named(Roster& roster, const SheetRow& row) {
    const auto it = roster.users.find(row["userSourcedId"]);
    if (it != roster.users.end()) return &it->second;
    planning_.fault(row.line, {"нет такого {1}: «{2}»", {"userSourcedId", row["userSourcedId"]}});
    return nullptr;
  }

  Planning& planning_;
  const ImportFiles& files_;
};

}  // namespace

std::string RosterUser::full_name() const {
  return family_name + " " + given_name + (middle_name.empty() ? "" : " " + middle_name);
}

Roster read_roster(Planning& planning, const ImportFiles& files) {
  Roster roster;
  Reader reader(planning, files);
  reader.check_manifest();
  reader.read_users(roster);
  reader.read_classes(roster);
  reader.read_enrollments(roster);
  reader.read_sessions(roster);
  return roster;
}

}  // namespace zimnik::journal
