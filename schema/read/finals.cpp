#include "schema/read/finals.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/ids.h"
#include "schema/query.h"
#include "schema/read/journal_page.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Puts the page together. One use.
class FinalsReader {
 public:
  FinalsReader(Database& database, FinalsPage& page) : database_(database), page_(page) {}

  void read() {
    add_columns();
    for (std::size_t i = 0; i < page_.columns.size(); ++i) {
      if (page_.columns[i].period) read_period(i, *page_.columns[i].period);
    }
    read_finals();
    read_deferrals();
    for (auto& row : page_.rows) reckon_year(row);
    std::sort(page_.rows.begin(), page_.rows.end(),
              [](const FinalRow& left, const FinalRow& right) {
                if (comes_before(left.name, right.name)) return true;
                return !comes_before(right.name, left.name) && left.pupil < right.pupil;
              });
  }

 private:
  void add_columns() {
    for (auto& period : periods_of_course(database_, page_.course.id, page_.year)) {
      page_.columns.push_back({period.code, period.title(), period});
    }
    page_.columns.push_back({"year", final_period_title("year"), {}});
    for (const auto* code : {"exam", "total"}) {
      if (has_row(database_, "SELECT 1 FROM final_mark WHERE course = ? AND period = ? LIMIT 1",
                  {page_.course.id, text_value(code)})) {
        page_.columns.push_back({code, final_period_title(code), {}});
      }
    }
  }

  FinalRow& row_of(std::int64_t pupil, const PersonName& name) {
    const auto [found, is_new] = rows_.emplace(pupil, page_.rows.size());
    if (is_new) {
      FinalRow row{pupil, name, std::vector<FinalCell>(page_.columns.size())};
      for (std::size_t i = 0; i < page_.columns.size(); ++i) {
        row.cells[i].is_taught = !page_.columns[i].period;
      }
      page_.rows.push_back(std::move(row));
    }
    return page_.rows[found->second];
  }

  void read_period(std::size_t column, const Period& period) {
    const auto shown = journal_page(database_, page_.course.id, period.starts, period.ends);
    if (!shown) return;
    for (const auto& pupil : shown->pupils) {
      auto& cell = row_of(pupil.pupil, pupil.name).cells[column];
      cell.is_taught = true;
      cell.average = pupil.average;
      cell.forecast = pupil.forecast;
    }
  }

  /// Nothing where the period isn't on the page.
  FinalCell* cell(std::int64_t pupil, const std::string& code) {
    const auto column = std::find_if(page_.columns.begin(), page_.columns.end(),
                                     [&](const FinalColumn& known) { return known.code == code; });
    if (column == page_.columns.end()) return nullptr;
    auto& row = rows_.contains(pupil) ? page_.rows[rows_.at(pupil)]
                                      : row_of(pupil, name_of(database_, pupil));
    return &row.cells[static_cast<std::size_t>(column - page_.columns.begin())];
  }

  void read_finals() {
    each_row(database_,
             "SELECT pupil, period, value, basis, protocol_number, protocol_date "
             "FROM final_mark WHERE course = ? AND year = ?",
             {page_.course.id, std::int64_t{page_.year}}, [&](const Statement& row) {
               if (auto* found = cell(row.integer(0), string_at(row, 1))) {
                 found->final = {string_at(row, 2), string_at(row, 3), string_at(row, 4),
                                 date_at(row, 5)};
               }
             });
  }

  void read_deferrals() {
    each_row(database_,
             "SELECT pupil, period, until, reason, document FROM final_deferral "
             "WHERE course = ? AND year = ?",
             {page_.course.id, std::int64_t{page_.year}}, [&](const Statement& row) {
               const auto until = date_at(row, 2);
               auto* found = until ? cell(row.integer(0), string_at(row, 1)) : nullptr;
               if (found != nullptr) {
                 found->deferral = {*until, string_at(row, 3), string_at(row, 4)};
               }
             });
  }

  void reckon_year(FinalRow& row) const {
    std::vector<WeightedMark> results;
    FinalCell* year = nullptr;
    for (std::size_t i = 0; i < page_.columns.size(); ++i) {
      const auto& value = row.cells[i].final.value;
      if (page_.columns[i].code == "year") year = &row.cells[i];
      const bool counts = page_.columns[i].period && value.size() == 1 && is_final_value(value);
      if (counts) results.push_back({value[0] - '0', 1});
    }
    if (year == nullptr) return;
    year->average = weighted_average(results);
    year->forecast = forecast(year->average);
  }

  Database& database_;
  FinalsPage& page_;
  std::map<std::int64_t, std::size_t> rows_;
};

}  // namespace

int year_of_course(Database& database, const CourseTitle& course) {
  const auto year = one_integer(
      database,
      "SELECT k.year FROM course c LEFT JOIN study_group g ON g.id = c.study_group "
      "JOIN school_class k ON k.id = coalesce(c.school_class, g.school_class) WHERE c.id = ?",
      {course.id});
  return year ? static_cast<int>(*year) : year_of_id(course.id);
}

std::string final_period_title(const std::string& code) {
  if (code == "year") return "год";
  if (code == "exam") return "экзамен";
  if (code == "total") return "итог";
  return is_period_code(code) ? Period{0, code, {}, {}, {}}.title() : code;
}

std::optional<Period> period_at_hand(const std::vector<Period>& periods, Date today) {
  if (periods.empty()) return std::nullopt;
  const Period* last = &periods.front();
  for (const auto& period : periods) {
    if (period.starts <= today && last->starts <= period.starts) last = &period;
  }
  return *last;
}

std::optional<FinalsPage> finals_page(Database& database, std::int64_t course) {
  const Snapshot snapshot(database);
  auto title = course_title(database, course);
  if (!title) return std::nullopt;
  FinalsPage page;
  page.year = year_of_course(database, *title);
  page.course = std::move(*title);
  FinalsReader(database, page).read();
  return page;
}

}  // namespace zimnik::journal
