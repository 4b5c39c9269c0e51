// zimnik-bench year: what a school's year costs on one replica, beside raw SQLite in the same run.
#pragma once

#include <string>

namespace zimnik::bench {

struct YearOptions {
  std::string trace;
  std::string day;
  std::string folder;  ///< empty: a new one under the system's for temporary files
  int rounds = 3;
  int years = 10;
  bool as_json = false;
};

void year(const YearOptions& options);

}  // namespace zimnik::bench
