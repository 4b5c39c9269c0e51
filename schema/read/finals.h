// Results of a course: pupils down, periods across.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/formulas.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/read/periods.h"
#include "sync/store/database.h"

namespace zimnik::journal {

/// A result as it stands, with what it stands on.
struct ShownFinal {
  std::string value;            ///< empty: none
  std::string basis;            ///< empty: the teacher; «protocol», «order»
  std::string protocol_number;  ///< empty where there is none
  std::optional<Date> protocol_date;

  bool is_by_paper() const { return basis == "protocol" || basis == "order"; }
};

/// Why a result waits.
struct ShownDeferral {
  Date until;
  std::string reason, document;
};

struct FinalCell {
  ShownFinal final;
  std::optional<ShownDeferral> deferral;
  Average average;              ///< of the period's marks; of the year: of its periods' results
  std::optional<int> forecast;  ///< what the average comes to
  bool is_taught = true;        ///< false: the pupil wasn't there in the period
};

struct FinalRow {
  std::int64_t pupil = 0;
  PersonName name;
  std::vector<FinalCell> cells;  ///< one for each column
};

struct FinalColumn {
  std::string code;              ///< of final_mark.period
  std::string title;             ///< «1 четверть», «год»
  std::optional<Period> period;  ///< nothing for the year, exam and total

  bool is_closed() const { return period && period->closed_at; }
};

struct FinalsPage {
  CourseTitle course;
  int year = 0;
  std::vector<FinalColumn> columns;  ///< periods, the year; exam and total where there is one
  std::vector<FinalRow> rows;        ///< in order of their names
};

/// The school year of a course: of its class; of a stream the one that its id was made in.
int year_of_course(sync::Database& database, const CourseTitle& course);
/// «1 четверть», «год», «экзамен», «итог»; the code itself where there is no word.
std::string final_period_title(const std::string& code);
/// The period whose results are due: the last one that has begun; the first where none has.
/// Nothing where there are no periods.
std::optional<Period> period_at_hand(const std::vector<Period>& periods, Date today);

/// Nothing where there is no such course.
std::optional<FinalsPage> finals_page(sync::Database& database, std::int64_t course);

}  // namespace zimnik::journal
