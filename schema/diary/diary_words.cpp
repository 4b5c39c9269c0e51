#include "schema/diary/diary_words.h"

#include <map>
#include <string_view>

namespace zimnik::journal {
namespace {

constexpr std::string_view kWeekdays[] = {"Понедельник", "Вторник", "Среда",      "Четверг",
                                          "Пятница",     "Суббота", "Воскресенье"};

const std::map<std::string_view, std::string_view>& words() {
  static const std::map<std::string_view, std::string_view> words{
      {"н", "не было на уроке"},
      {"оп", "опоздание"},
      {"б", "болезнь"},
      {"у", "уважительная причина"},
      {"control_work", "контрольная работа"},
      {"practical", "практическая работа"},
      {"remote", "дистанционный урок"},
  };
  return words;
}

std::string word_or(const std::string& code, const std::string& otherwise) {
  const auto found = words().find(code);
  return found == words().end() ? otherwise : std::string(found->second);
}

}  // namespace

std::string weekday_word(int weekday) {
  return std::string(kWeekdays[static_cast<std::size_t>(weekday - 1) % 7]);
}

std::string attendance_word(const std::string& code) { return word_or(code, code); }
std::string lesson_kind_word(const std::string& kind) { return word_or(kind, ""); }

}  // namespace zimnik::journal
