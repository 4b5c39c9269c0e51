#include "schema/commands/frost_day.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

namespace {

constexpr int kBands[] = {4, 8, 9, 11};

Values key_of(std::int64_t branch, int shift, Date date) {
  return {branch, std::int64_t{shift}, date_value(date)};
}

}  // namespace

void set_frost_day(sync::Command& command, std::int64_t branch, int shift, Date date,
                   int through_grade, std::string_view source) {
  require(exists(command.database(), "branch", {branch}), "Нет такого здания");
  require(shift == 1 || shift == 2, "Смена: первая или вторая");
  require(std::ranges::find(kBands, through_grade) != std::end(kBands),
          "Актированный день: для классов 1–4, 1–8, 1–9 или 1–11");
  require_text(source, limits::kNumberBytes, "Кто объявил");
  put(command, "frost_day", key_of(branch, shift, date), "grades",
      {std::int64_t{through_grade}, text_value(trimmed(source))});
}

void remove_frost_day(sync::Command& command, std::int64_t branch, int shift, Date date) {
  require(remove(command, "frost_day", key_of(branch, shift, date)),
          "Этот день не был актированным");
}

}  // namespace zimnik::journal
