#include "node/diary_codes.h"

#include "node/random_text.h"
#include "schema/commands/family.h"
#include "sync/core/crypto.h"

namespace zimnik::node {

std::string DiaryCode::grouped() const {
  constexpr std::size_t kGroup = 4;
  std::string text;
  for (std::size_t i = 0; i < code.size(); i += kGroup) {
    text += (i == 0 ? "" : "-") + code.substr(i, kGroup);
  }
  return text;
}

std::vector<DiaryCode> new_diary_codes(sync::Database& database, std::int64_t school_class,
                                       bool anew, journal::Date today) {
  constexpr std::size_t kBytes = 10;
  std::vector<DiaryCode> codes;
  for (auto& whose : journal::guardians_of_class(database, school_class, today)) {
    if (whose.guardian.has_access && !anew) continue;
    codes.push_back({std::move(whose), random_text(kBytes)});
  }
  return codes;
}

void issue_diary_codes(sync::Command& command, const std::vector<DiaryCode>& codes,
                       sync::Time now) {
  for (const auto& it : codes) {
    journal::issue_diary_access(command, it.whose.guardian.id, sync::sha256({it.code}), now);
  }
}

}  // namespace zimnik::node
