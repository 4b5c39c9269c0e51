// Texts as people write one name in different ways: compared without case, blanks and dots. Pure;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/dates.h"

namespace zimnik::journal {

/// Small letters, ё as е, blanks (the hard one too) in a row as one.
std::string folded(std::string_view text);
/// folded() without blanks, dots, commas and quotation marks: «Иванова А. И.» is «ивановааи».
std::string bare(std::string_view text);

/// A class as it is written: 7А, 7 «а», 7A with a Latin letter.
struct ClassText {
  int grade_level = 0;
  std::string letter;  ///< a capital; empty where there is none
};
/// Nothing where it begins with no number of a grade level.
std::optional<ClassText> class_from(std::string_view text);

/// ДД.ММ.ГГГГ or YYYY-MM-DD.
std::optional<Date> day_from(std::string_view text);
/// A whole number, also as Excel writes one with a decimal comma: «34», «34,0».
std::optional<int> whole_number_from(std::string_view text);

}  // namespace zimnik::journal
