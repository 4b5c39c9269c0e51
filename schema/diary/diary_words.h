// Words of the diary that no template holds: in Russian, to be translated. Any thread.
#pragma once

#include <string>

namespace zimnik::journal {

std::string weekday_word(int weekday);  ///< 1 Monday … 7 Sunday
/// Of an attendance code; the code itself where there is no word.
std::string attendance_word(const std::string& code);
/// Of lesson.kind; empty for an ordinary one.
std::string lesson_kind_word(const std::string& kind);

}  // namespace zimnik::journal
