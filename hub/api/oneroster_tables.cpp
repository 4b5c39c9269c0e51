#include "hub/api/oneroster_tables.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "schema/import/csv.h"

namespace zimnik::hub {
namespace {

struct Heading {
  const char* file;
  const char* columns;  ///< those after sourcedId, status, dateLastModified
};

constexpr Heading kHeadings[] = {
    {"academicSessions", "title type startDate endDate parentSourcedId schoolYear"},
    {"categories", "title weight"},
    {"classes",
     "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds "
     "subjects subjectCodes periods"},
    {"courses", "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes"},
    {"demographics",
     "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
     "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces "
     "hispanicOrLatinoEthnicity countryOfBirthCode stateOfBirthAbbreviation cityOfBirth "
     "publicSchoolResidenceStatus"},
    {"enrollments", "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate"},
    {"lineItems",
     "title description assignDate dueDate classSourcedId categorySourcedId "
     "academicSessionSourcedId resultValueMin resultValueMax schoolSourcedId"},
    {"orgs", "name type identifier parentSourcedId"},
    {"results",
     "lineItemSourcedId studentSourcedId scoreStatus score scoreDate comment textScore "
     "classSourcedId inProgress incomplete late missing"},
    {"roles", "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId"},
    {"users",
     "enabledUser username userIds givenName familyName middleName identifier email sms phone "
     "agentSourcedIds grades password userMasterIdentifier preferredGivenName preferredMiddleName "
     "preferredFamilyName primaryOrgSourcedId pronouns"},
    // Our own: OneRoster has none.
    {"attendance", "classSourcedId userSourcedId date lessonNumber code lateMinutes reason"},
};
constexpr const char* kOurOwn = "attendance";

/// All that a manifest of 1.2 speaks of.
constexpr const char* kManifestFiles[] = {"academicSessions",
                                          "categories",
                                          "classes",
                                          "classResources",
                                          "courses",
                                          "courseResources",
                                          "demographics",
                                          "enrollments",
                                          "lineItemLearningObjectiveIds",
                                          "lineItems",
                                          "lineItemScoreScales",
                                          "orgs",
                                          "resources",
                                          "resultLearningObjectiveIds",
                                          "results",
                                          "resultScoreScales",
                                          "roles",
                                          "scoreScales",
                                          "userProfiles",
                                          "userResources",
                                          "users"};

std::vector<std::string> columns_of(const Heading& heading) {
  std::vector<std::string> columns = {"sourcedId", "status", "dateLastModified"};
  std::istringstream words(heading.columns);
  for (std::string word; words >> word;) columns.push_back(word);
  return columns;
}

std::string csv_of(const std::vector<std::vector<std::string>>& rows) {
  return journal::csv_text(rows, journal::CsvForm::rfc4180);
}

}  // namespace

RosterTables::RosterTables() {
  for (const auto& heading : kHeadings) tables_[heading.file] = {columns_of(heading), {}};
}

void RosterTables::add(const std::string& file, const RosterValues& values) {
  auto& table = tables_.at(file);
  std::vector<std::string> row(table.columns.size());
  for (const auto& [name, value] : values) {
    const auto column = std::find(table.columns.begin(), table.columns.end(), name);
    if (column == table.columns.end()) throw std::logic_error(file + ": no column " + name);
    row[static_cast<std::size_t>(column - table.columns.begin())] = value;
  }
  table.rows.push_back(std::move(row));
}

journal::ImportFiles RosterTables::files(const std::string& system) const {
  journal::ImportFiles files;
  for (const auto& [name, table] : tables_) {
    std::vector<std::vector<std::string>> rows = {table.columns};
    rows.insert(rows.end(), table.rows.begin(), table.rows.end());
    files[name + ".csv"] = csv_of(rows);
  }
  std::vector<std::vector<std::string>> manifest = {
      {"propertyName", "value"}, {"manifest.version", "1.0"}, {"oneroster.version", "1.2"}};
  for (const std::string name : kManifestFiles) {
    const bool is_there = name != kOurOwn && tables_.contains(name);
    manifest.push_back({"file." + name, is_there ? "bulk" : "absent"});
  }
  manifest.push_back({"source.systemName", "Zimnik"});
  manifest.push_back({"source.systemCode", system});
  files["manifest.csv"] = csv_of(manifest);
  return files;
}

}  // namespace zimnik::hub
