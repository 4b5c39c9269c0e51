#include "node/diary_codes.h"

#include "schema/commands/family.h"
#include "sync/web/one_time_code.h"

namespace zimnik::node {

std::vector<DiaryCode> new_diary_codes(sync::Database& database, std::int64_t school_class,
                                       bool anew, journal::Date today) {
  std::vector<DiaryCode> codes;
  for (auto& whose : journal::guardians_of_class(database, school_class, today)) {
    if (whose.guardian.has_access && !anew) continue;
    codes.push_back({std::move(whose), web::new_code()});
  }
  return codes;
}

void issue_diary_codes(sync::Command& command, const std::vector<DiaryCode>& codes,
                       sync::Time now) {
  for (const auto& it : codes) {
    journal::issue_diary_access(command, it.whose.guardian.id, web::hash_of_code(it.code), now);
  }
}

}  // namespace zimnik::node
