// What a pupil's file has beside name and birth. Errors as in lesson.h; personal values need the
// pupil's key, the table the school's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/store/command.h"

namespace zimnik::journal {

struct PersonalFile {
  std::string gender;  ///< «м», «ж»; empty where it isn't known
  std::string file_number;
  std::string snils;  ///< as snils_from() gives it
};

/// Eleven digits with their check sum, as 112-233-445 95; nothing where it is none.
std::optional<std::string> snils_from(std::string_view text);

/// Refuses another gender, a number that is too long, a SNILS that is none.
void set_personal_file(sync::Command& command, std::int64_t pupil, const PersonalFile& file);

}  // namespace zimnik::journal
