#include "schema/read/inspection_remarks.h"

#include <algorithm>
#include <tuple>

#include "schema/query.h"
#include "schema/read/finals.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

const std::string kColumns =
    "SELECT id, course, date, text, due, state, note FROM inspection_remark ";

/// The course is filled in by its id only.
ShownRemark remark_at(const Statement& row) {
  ShownRemark remark;
  remark.id = row.integer(0);
  remark.course.id = row.integer(1);
  remark.date = date_at(row, 2);
  remark.text = string_at(row, 3);
  remark.due = date_at(row, 4);
  remark.state = string_at(row, 5);
  remark.note = string_at(row, 6);
  return remark;
}

int place_of(const ShownRemark& remark) {
  if (remark.is_open()) return 0;
  return remark.is_corrected() ? 1 : 2;
}

}  // namespace

bool ShownRemark::is_open() const { return state != kRemarkCorrected && state != kRemarkAccepted; }

bool ShownRemark::is_corrected() const { return state == kRemarkCorrected; }

std::vector<ShownRemark> inspection_remarks(Database& database, int year,
                                            std::optional<std::int64_t> teacher) {
  const Snapshot snapshot(database);
  std::vector<ShownRemark> found, remarks;
  each_row(database, kColumns + "ORDER BY id", {},
           [&](const Statement& row) { found.push_back(remark_at(row)); });
  for (auto& remark : found) {
    auto course = course_title(database, remark.course.id);
    if (!course || year_of_course(database, *course) != year) continue;
    if (teacher && course->teacher != teacher) continue;
    remark.course = std::move(*course);
    remarks.push_back(std::move(remark));
  }
  std::stable_sort(remarks.begin(), remarks.end(),
                   [](const ShownRemark& left, const ShownRemark& right) {
                     return std::tuple(place_of(left), !left.due, left.due) <
                            std::tuple(place_of(right), !right.due, right.due);
                   });
  return remarks;
}

std::optional<ShownRemark> inspection_remark(Database& database, std::int64_t id) {
  std::optional<ShownRemark> remark;
  each_row(database, kColumns + "WHERE id = ?", {id},
           [&](const Statement& row) { remark = remark_at(row); });
  if (!remark) return std::nullopt;
  auto course = course_title(database, remark->course.id);
  if (!course) return std::nullopt;
  remark->course = std::move(*course);
  return remark;
}

}  // namespace zimnik::journal
