#include "schema/words.h"

#include <algorithm>
#include <iterator>

#include "schema/limits.h"

namespace zimnik::journal {
namespace {

template <std::size_t Size>
bool is_one_of(const std::string_view (&words)[Size], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

constexpr std::string_view kLessonKinds[] = {"lesson", "control_work", "practical", "remote"};
constexpr std::string_view kFinalValues[] = {"5", "4", "3", "2", "осв", "н/а", "безотм"};
constexpr std::string_view kPeriods[] = {"q1", "q2", "q3", "q4", "t1", "t2", "t3", "h1", "h2"};
constexpr std::string_view kOtherFinals[] = {"year", "exam", "total"};

}  // namespace

std::string_view word_of(PersonKind kind) {
  switch (kind) {
    case PersonKind::pupil:
      return "pupil";
    case PersonKind::staff:
      return "staff";
    case PersonKind::guardian:
      return "guardian";
  }
  return "";
}

std::string_view word_of(Absence absence) { return absence == Absence::absent ? "н" : "оп"; }

std::optional<Absence> absence_of(std::string_view word) {
  if (word == "н") return Absence::absent;
  if (word == "оп") return Absence::late;
  return std::nullopt;
}

std::string_view word_of(ExcuseReason reason) { return reason == ExcuseReason::sick ? "б" : "у"; }

std::optional<ExcuseReason> excuse_reason_of(std::string_view word) {
  if (word == "б") return ExcuseReason::sick;
  if (word == "у") return ExcuseReason::excused;
  return std::nullopt;
}

bool is_lesson_kind(std::string_view word) { return is_one_of(kLessonKinds, word); }
bool is_final_value(std::string_view word) { return is_one_of(kFinalValues, word); }
std::span<const std::string_view> final_values() { return kFinalValues; }
bool is_period_code(std::string_view word) { return is_one_of(kPeriods, word); }
bool is_final_period(std::string_view word) {
  return is_period_code(word) || is_one_of(kOtherFinals, word);
}

bool is_time_zone_name(std::string_view text) {
  return !text.empty() && text.size() <= limits::kNumberBytes &&
         text.find_first_not_of(
             "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
             "xyz0123456789_+-/") == std::string_view::npos;
}

}  // namespace zimnik::journal
