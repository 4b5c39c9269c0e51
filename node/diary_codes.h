// Activation codes of the diary, as they are made and handed out: for the terminal and for paper.
#pragma once

#include <string>
#include <vector>

#include "schema/read/class_guardians.h"
#include "sync/store/command.h"

namespace zimnik::node {

/// A code for one guardian. It is shown once and kept nowhere.
struct DiaryCode {
  journal::ClassGuardian whose;
  std::string code;  ///< of web::new_code()
};

/// One each for those of the class who have none yet; `anew`: for all.
std::vector<DiaryCode> new_diary_codes(sync::Database& database, std::int64_t school_class,
                                       bool anew, journal::Date today);
/// Writes their hashes. Older codes of these guardians end.
void issue_diary_codes(sync::Command& command, const std::vector<DiaryCode>& codes, sync::Time now);

}  // namespace zimnik::node
