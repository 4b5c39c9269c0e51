#include "hub/api/resources.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "schema/query.h"
#include "schema/read/family.h"

namespace zimnik::hub {
namespace {

using Json = nlohmann::ordered_json;
using Kind = ApiField::Kind;
using sync::Database;
using sync::Statement;

// Of a stream over several classes the year is the one that its id was made in (schema/ids.h).
constexpr const char* kCourseYear = "coalesce(k.year, (c.id >> 47) + 2020) = ?3";

constexpr const char* kId[] = {"t.id"};

constexpr ApiField kClassFields[] = {
    {"id", "t.id"},         {"year", "t.year"},   {"grade", "t.grade_level"},
    {"letter", "t.letter"}, {"shift", "t.shift"}, {"class_teacher", "t.class_teacher"}};

constexpr const char* kCourseKey[] = {"c.id"};
constexpr ApiField kCourseFields[] = {{"id", "c.id"},
                                      {"subject", "c.subject"},
                                      {"subject_name", "s.name"},
                                      {"school_class", "c.school_class"},
                                      {"group", "c.study_group"},
                                      {"group_name", "g.name"},
                                      {"teacher", "c.teacher"},
                                      {"hours", "c.hours"}};

constexpr ApiField kPupilFields[] = {
    {"id", "t.id"},
    {"school_class",
     "(SELECT e.school_class FROM enrolment e JOIN school_class k ON k.id = e.school_class WHERE "
     "e.pupil = t.id AND k.year = ?3 ORDER BY e.since DESC LIMIT 1)"},
    {"family_name", "t.family_name", Kind::name},
    {"given_name", "t.given_name", Kind::name},
    {"patronymic", "t.patronymic", Kind::name}};

constexpr ApiField kStaffFields[] = {
    {"id", "t.id"},
    {"roles",
     "(SELECT group_concat(role) FROM (SELECT DISTINCT r.role FROM role_grant r WHERE r.person = "
     "t.id AND r.state = 'granted' AND (r.since IS NULL OR r.since <= ?4) AND (r.until IS NULL OR "
     "r.until >= ?4) ORDER BY r.role))",
     Kind::words},
    {"family_name", "t.family_name", Kind::name},
    {"given_name", "t.given_name", Kind::name},
    {"patronymic", "t.patronymic", Kind::name}};

constexpr const char* kEnrolmentKey[] = {"t.pupil", "t.school_class", "t.since"};
constexpr ApiField kEnrolmentFields[] = {{"pupil", "t.pupil"},
                                         {"school_class", "t.school_class"},
                                         {"since", "t.since"},
                                         {"until", "t.until"}};

constexpr const char* kMemberKey[] = {"t.study_group", "t.pupil", "t.since"};
constexpr ApiField kMemberFields[] = {
    {"group", "t.study_group"}, {"pupil", "t.pupil"}, {"since", "t.since"}, {"until", "t.until"}};

constexpr const char* kPeriodKey[] = {"t.code"};
constexpr ApiField kPeriodFields[] = {{"year", "t.year"},
                                      {"code", "t.code"},
                                      {"starts", "t.starts"},
                                      {"ends", "t.ends"},
                                      {"is_closed", "t.closed_at IS NOT NULL", Kind::flag}};

constexpr const char* kSlotKey[] = {"t.course", "t.weekday", "t.number", "t.since"};
constexpr ApiField kSlotFields[] = {{"course", "t.course"}, {"weekday", "t.weekday"},
                                    {"number", "t.number"}, {"since", "t.since"},
                                    {"until", "t.until"},   {"room", "t.room"}};

constexpr const char* kLessonKey[] = {"t.course", "t.date", "t.number"};
constexpr ApiField kLessonFields[] = {
    {"course", "t.course"},
    {"date", "t.date"},
    {"number", "t.number"},
    {"teacher", "t.teacher"},
    {"substitutes", "t.substitutes"},
    {"kind", "t.kind"},
    {"topic", "t.topic"},
    {"homework", "t.homework"},
    {"no_homework", "coalesce(t.not_assigned, 0) = 1", Kind::flag}};

constexpr const char* kMarkKey[] = {"m.course", "m.date", "m.number",
                                    "m.pupil",  "m.work", "m.attempt"};
constexpr ApiField kMarkFields[] = {
    {"course", "m.course"},
    {"date", "m.date"},
    {"number", "m.number"},
    {"pupil", "m.pupil"},
    {"work", "m.work"},
    {"attempt", "m.attempt"},
    {"value", "m.value"},
    {"is_owed", "m.value IS NULL", Kind::flag},
    {"weight", "coalesce(w.weight, m.weight, 1)"},
    {"work_type", "y.name"},
    {"comment", "m.comment"},
    {"is_rejected",
     "EXISTS (SELECT 1 FROM entry_review r WHERE (r.course, r.date, r.number, r.pupil, r.work, "
     "r.attempt) = (m.course, m.date, m.number, m.pupil, m.work, m.attempt) AND r.state = "
     "'rejected')",
     Kind::flag}};

constexpr const char* kAttendanceKey[] = {"t.course", "t.date", "t.number", "t.pupil"};
constexpr ApiField kAttendanceFields[] = {
    {"course", "t.course"},
    {"date", "t.date"},
    {"number", "t.number"},
    {"pupil", "t.pupil"},
    {"code", "t.code"},
    {"late_minutes", "t.late_minutes"},
    {"reason",
     "(SELECT x.reason FROM excuse x WHERE x.pupil = t.pupil AND t.date BETWEEN x.since AND "
     "x.until ORDER BY x.since DESC LIMIT 1)"}};

constexpr const char* kExcuseKey[] = {"t.pupil", "t.since"};
constexpr ApiField kExcuseFields[] = {
    {"pupil", "t.pupil"}, {"since", "t.since"}, {"until", "t.until"}, {"reason", "t.reason"}};

constexpr const char* kFinalKey[] = {"t.pupil", "t.course", "t.period"};
constexpr ApiField kFinalFields[] = {{"pupil", "t.pupil"}, {"course", "t.course"},
                                     {"year", "t.year"},   {"period", "t.period"},
                                     {"value", "t.value"}, {"basis", "t.basis"}};

constexpr ApiResource kResources[] = {
    {"classes", ApiScope::structure, ApiSpan::year, "school_class t", "t.year = ?3", kId,
     kClassFields},
    {"courses", ApiScope::structure, ApiSpan::year,
     "course c LEFT JOIN school_class k ON k.id = c.school_class LEFT JOIN subject s ON s.id = "
     "c.subject LEFT JOIN study_group g ON g.id = c.study_group",
     kCourseYear, kCourseKey, kCourseFields},
    {"periods", ApiScope::structure, ApiSpan::year, "reporting_period t", "t.year = ?3", kPeriodKey,
     kPeriodFields},
    {"pupils", ApiScope::structure, ApiSpan::year, "person t",
     "t.kind = 'pupil' AND EXISTS (SELECT 1 FROM enrolment e JOIN school_class k ON k.id = "
     "e.school_class WHERE e.pupil = t.id AND k.year = ?3)",
     kId, kPupilFields, "t.id", false, true},
    {"staff", ApiScope::structure, ApiSpan::none, "person t", "t.kind = 'staff'", kId, kStaffFields,
     "t.id"},
    {"enrolments", ApiScope::structure, ApiSpan::year,
     "enrolment t JOIN school_class k ON k.id = t.school_class", "k.year = ?3", kEnrolmentKey,
     kEnrolmentFields, "t.pupil"},
    {"group-members", ApiScope::structure, ApiSpan::year,
     "group_member t LEFT JOIN study_group g ON g.id = t.study_group LEFT JOIN school_class k ON "
     "k.id = g.school_class",
     "coalesce(k.year, (t.study_group >> 47) + 2020) = ?3", kMemberKey, kMemberFields, "t.pupil"},
    {"timetable", ApiScope::structure, ApiSpan::days, "timetable t",
     "t.since <= ?2 AND (t.until IS NULL OR t.until >= ?1)", kSlotKey, kSlotFields},
    {"lessons", ApiScope::journal, ApiSpan::days, "lesson t", "t.date BETWEEN ?1 AND ?2",
     kLessonKey, kLessonFields},
    {"marks", ApiScope::journal, ApiSpan::days,
     "mark m LEFT JOIN lesson_work w USING (course, date, number, work) LEFT JOIN work_type y ON "
     "y.id = iif(w.work IS NULL, m.work_type, w.work_type)",
     "m.date BETWEEN ?1 AND ?2", kMarkKey, kMarkFields, "m.pupil", true},
    {"attendance", ApiScope::journal, ApiSpan::days, "attendance t",
     "t.code IS NOT NULL AND t.date BETWEEN ?1 AND ?2", kAttendanceKey, kAttendanceFields,
     "t.pupil", true},
    {"absences", ApiScope::journal, ApiSpan::days, "excuse t", "t.since <= ?2 AND t.until >= ?1",
     kExcuseKey, kExcuseFields, "t.pupil", true},
    {"finals", ApiScope::finals, ApiSpan::year, "final_mark t",
     "t.value IS NOT NULL AND t.year = ?3", kFinalKey, kFinalFields, "t.pupil", true},
};

/// With the fields first, then the key, then the person.
std::string sql_of(const ApiResource& resource, const ApiQuery& query) {
  std::string columns, keys, marks;
  for (const auto& field : resource.fields) columns += std::string(field.sql) + ", ";
  for (std::size_t i = 0; i < resource.key.size(); ++i) {
    keys += (i == 0 ? "" : ", ") + std::string(resource.key[i]);
    marks += (i == 0 ? "?" : ", ?") + std::to_string(6 + i);
  }
  const std::string person = resource.person == nullptr ? "NULL" : resource.person;
  const auto after = query.after.empty() ? "" : " AND (" + keys + ") > (" + marks + ")";
  return "SELECT " + columns + keys + ", " + person + " FROM " + resource.from + " WHERE (" +
         resource.where + ")" + after + " ORDER BY " + keys + " LIMIT ?5";
}

Json words_at(const Statement& row, int column) {
  auto words = Json::array();
  std::string_view text = row.is_null(column) ? std::string_view() : row.text(column);
  while (!text.empty()) {
    const auto comma = text.find(',');
    words.push_back(std::string(text.substr(0, comma)));
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  return words;
}

Json plain_at(const Statement& row, int column) {
  const auto value = row.value(column);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<sync::Text>(&value)) return text->text;
  return nullptr;
}

Json field_at(const Statement& row, int column, Kind kind) {
  if (kind == Kind::flag) return row.integer(column) != 0;
  return kind == Kind::words ? words_at(row, column) : plain_at(row, column);
}

/// Reads one page.
class PageReader {
 public:
  PageReader(Database& database, const ApiResource& resource, const ApiQuery& query)
      : database_(database), resource_(resource), query_(query) {}

  ApiPage read() {
    const auto from = journal::date_value(query_.from), to = journal::date_value(query_.to),
               today = journal::date_value(query_.today);
    auto statement = database_.prepare(sql_of(resource_, query_));
    statement.bind(1, from).bind(2, to).bind(3, std::int64_t{query_.year}).bind(4, today);
    statement.bind(5, query_.rows + 1);
    for (std::size_t i = 0; i < query_.after.size(); ++i) {
      statement.bind(6 + static_cast<int>(i), query_.after[i]);
    }
    std::int64_t rows = 0;
    while (statement.step()) {
      if (++rows > query_.rows) {
        page_.last = last_;
        break;
      }
      take(statement);
    }
    page_.items = items_.dump(-1, ' ', false, Json::error_handler_t::replace);
    page_.persons.assign(persons_.begin(), persons_.end());
    return std::move(page_);
  }

 private:
  void take(const Statement& row) {
    const auto fields = static_cast<int>(resource_.fields.size());
    const auto keys = static_cast<int>(resource_.key.size());
    last_.clear();
    for (int i = 0; i < keys; ++i) last_.push_back(row.value(fields + i));
    const auto person = row.is_null(fields + keys) ? 0 : row.integer(fields + keys);
    if (resource_.is_of_family && !is_shared(person)) return;
    auto item = Json::object();
    for (int i = 0; i < fields; ++i) {
      const auto& field = resource_.fields[static_cast<std::size_t>(i)];
      if (field.kind == Kind::name && !query_.has_names) continue;
      item[field.name] = field_at(row, i, field.kind);
    }
    if (resource_.says_is_shared) item["journal_is_shared"] = is_shared(person);
    if (resource_.person != nullptr) persons_.insert(person);
    items_.push_back(std::move(item));
  }

  bool is_shared(std::int64_t pupil) {
    const auto [known, is_new] = shared_.emplace(pupil, false);
    if (is_new) {
      known->second = journal::may_go_to_other_systems(database_, pupil, query_.today);
    }
    return known->second;
  }

  Database& database_;
  const ApiResource& resource_;
  const ApiQuery& query_;
  ApiPage page_;
  Json items_ = Json::array();
  std::vector<sync::Value> last_;
  std::set<std::int64_t> persons_;
  std::map<std::int64_t, bool> shared_;  ///< by pupil
};

}  // namespace

std::span<const ApiResource> api_resources() { return kResources; }

ApiPage read_page(Database& database, const ApiResource& resource, const ApiQuery& query) {
  const journal::Snapshot snapshot(database);
  return PageReader(database, resource, query).read();
}

}  // namespace zimnik::hub
