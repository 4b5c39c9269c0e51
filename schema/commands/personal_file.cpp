#include "schema/commands/personal_file.h"

#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

namespace {

constexpr std::size_t kSnilsDigits = 11;
constexpr long kFirstChecked = 1'001'998;  // smaller numbers were given without a check sum

int digit(char it) { return it - '0'; }

/// The sum of the nine digits, each as often as its place from the right says, by 101.
int check_sum(std::string_view digits) {
  int sum = 0;
  for (int i = 0; i < 9; ++i) sum += digit(digits[static_cast<std::size_t>(i)]) * (9 - i);
  return sum % 101 % 100;
}

}  // namespace

std::optional<std::string> snils_from(std::string_view text) {
  std::string digits;
  for (const char it : text) {
    if (it >= '0' && it <= '9') {
      digits += it;
    } else if (it != ' ' && it != '-') {
      return std::nullopt;
    }
  }
  if (digits.size() != kSnilsDigits) return std::nullopt;
  const bool is_checked = std::stol(digits.substr(0, 9)) > kFirstChecked;
  if (is_checked && check_sum(digits) != digit(digits[9]) * 10 + digit(digits[10])) {
    return std::nullopt;
  }
  return digits.substr(0, 3) + "-" + digits.substr(3, 3) + "-" + digits.substr(6, 3) + " " +
         digits.substr(9);
}

void set_personal_file(sync::Command& command, std::int64_t pupil, const PersonalFile& file) {
  require(exists(command.database(), "person", {pupil}), "Нет такого человека");
  require(file.gender.empty() || file.gender == "м" || file.gender == "ж", "Пол: «м» или «ж»");
  require_at_most(file.file_number, limits::kNumberBytes, "Номер личного дела");
  require(file.snils.empty() || snils_from(file.snils) == file.snils,
          "СНИЛС: 11 цифр, контрольное число должно сойтись");
  put(command, "personal_file", {pupil}, "file",
      {text_or_null(file.gender), text_or_null(file.file_number), text_or_null(file.snils)});
}

}  // namespace zimnik::journal
