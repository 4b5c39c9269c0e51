// What heads have asked teachers to put right. Where the school's key is missing there is nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/read/courses.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct ShownRemark {
  std::int64_t id = 0;
  CourseTitle course;
  std::optional<Date> date;  ///< of the lesson that it is about
  std::string text;
  std::optional<Date> due;
  std::string state;  ///< a word of words.h
  std::string note;   ///< the teacher's, of what was done; of a reopened one the head's

  bool is_open() const;
  bool is_corrected() const;
  bool is_overdue(Date today) const { return is_open() && due && *due < today; }
};

/// Of the courses of a school year; of one teacher's where it is given. Open ones first, then the
/// corrected, then the accepted; the earliest due first.
std::vector<ShownRemark> inspection_remarks(sync::Database& database, int year,
                                            std::optional<std::int64_t> teacher = {});
std::optional<ShownRemark> inspection_remark(sync::Database& database, std::int64_t id);

}  // namespace zimnik::journal
