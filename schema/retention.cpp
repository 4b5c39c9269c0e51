#include "schema/retention.h"

#include <algorithm>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;

namespace {

constexpr int kLastMonth = 8, kLastDay = 31;  // of a school year
constexpr int kFirstYear = 1900, kMostYear = 2150;

/// The last day of so many years after a school year.
Date end_of(int school_year, int years) {
  const int year = std::clamp(school_year, kFirstYear, kMostYear) + 1 + years;
  return Date::from(year, kLastMonth, kLastDay).value();
}

/// The last of the days that a union of queries gives as `day`.
std::optional<Date> last_day(Database& database, const std::string& days, std::int64_t person) {
  const auto text = one_text(database,
                             "SELECT max(day) FROM (" + days +
                                 ") WHERE day GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'",
                             {person});
  return text ? Date::parse(*text) : std::nullopt;
}

constexpr const char* kJournalDays =
    "SELECT date AS day FROM mark WHERE pupil = ?1 "
    "UNION ALL SELECT date FROM attendance WHERE pupil = ?1 "
    "UNION ALL SELECT date FROM remark WHERE pupil = ?1 "
    "UNION ALL SELECT coalesce(until, since) FROM excuse WHERE pupil = ?1 "
    "UNION ALL SELECT date FROM lesson WHERE teacher = ?1 OR substitutes = ?1";

constexpr const char* kPersonalDays =
    "SELECT coalesce(until, since) AS day FROM enrolment WHERE pupil = ?1 "
    "UNION ALL SELECT coalesce(until, since) FROM role_grant WHERE person = ?1 "
    "UNION ALL SELECT until FROM guardianship WHERE guardian = ?1 "
    "UNION ALL SELECT coalesce(e.until, e.since) FROM guardianship g "
    "JOIN enrolment e ON e.pupil = g.pupil WHERE g.guardian = ?1 "
    "UNION ALL SELECT date FROM consent WHERE person = ?1 "
    "UNION ALL SELECT date FROM contact WHERE person = ?1";

constexpr const char* kIsCurrent =
    "SELECT 1 FROM enrolment WHERE pupil = ?1 AND coalesce(until, ?2) >= ?2 "
    "UNION ALL SELECT 1 FROM role_grant WHERE person = ?1 AND state = 'granted' "
    "AND coalesce(until, ?2) >= ?2 "
    "UNION ALL SELECT 1 FROM guardianship g JOIN enrolment e ON e.pupil = g.pupil "
    "WHERE g.guardian = ?1 AND coalesce(g.until, ?2) >= ?2 AND coalesce(e.until, ?2) >= ?2";

/// The newest versions of what names no day itself.
constexpr const char* kVersions =
    "SELECT max(version) FROM (SELECT message_version AS version FROM message WHERE pupil = ?1 "
    "UNION ALL SELECT max(person_version, coalesce(verifier_version, 0)) FROM account "
    "WHERE person = ?1 UNION ALL SELECT code_version FROM diary_access WHERE guardian = ?1)";

std::optional<Date> day_of_version(sync::Replica& replica, std::int64_t person) {
  constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
  const auto arrival = one_integer(replica.database(), kVersions, {person});
  const auto written =
      arrival ? replica.transaction(static_cast<std::uint64_t>(*arrival)) : std::nullopt;
  if (!written) return std::nullopt;
  return Date::from_days(static_cast<std::int32_t>(
      std::clamp<std::int64_t>(written->time.ms / kDayMs, 0, INT32_MAX / 2)));
}

}  // namespace

std::optional<Date> kept_until(const PersonRecords& records) {
  std::optional<Date> last;
  const auto keep = [&](int school_year, int years) {
    last = std::max(last, std::optional(end_of(school_year, years)));
  };
  if (records.journal) keep(records.journal->school_year(), retention::kJournalYears);
  if (records.summary) keep(*records.summary, retention::kSummaryYears);
  if (records.personal) keep(records.personal->school_year(), retention::kPersonalYears);
  return last;
}

PersonRecords records_of(sync::Replica& replica, std::int64_t person, Date today) {
  auto& database = replica.database();
  PersonRecords records;
  records.journal = last_day(database, kJournalDays, person);
  const auto year =
      one_integer(database, "SELECT max(year) FROM final_mark WHERE pupil = ?1", {person});
  if (year) records.summary = static_cast<int>(std::clamp<std::int64_t>(*year, 0, kMostYear));
  records.personal =
      std::max(last_day(database, kPersonalDays, person), day_of_version(replica, person));
  records.is_current = has_row(database, kIsCurrent, {person, date_value(today)});
  return records;
}

}  // namespace zimnik::journal
