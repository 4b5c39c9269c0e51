#include "schema/commands/final_mark.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/membership.h"
#include "schema/read/periods.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;
using sync::Null;
using sync::Value;

namespace {

Values key_of(const FinalKey& final) {
  return {final.pupil, final.course, text_value(final.period), std::int64_t{final.year}};
}

Value word_of(Basis basis) {
  switch (basis) {
    case Basis::teacher:
      return Null{};
    case Basis::protocol:
      return text_value("protocol");
    case Basis::order:
      return text_value("order");
  }
  return Null{};
}

std::optional<Period> period_of_final(sync::Database& database, const FinalKey& final) {
  for (auto& period : periods_of_year(database, final.year)) {
    if (period.code == final.period) return period;
  }
  return std::nullopt;
}

void require_open_period(sync::Database& database, const FinalKey& final) {
  const auto period = period_of_final(database, final);
  if (!period || !period->closed_at || exists(database, "final_deferral", key_of(final))) return;
  refuse(
      "Период с {1} по {2} закрыт: итоговую отметку можно поставить по протоколу или после "
      "открытия периода завучем",
      {period->starts.russian(), period->ends.russian()});
}

void require_taught(sync::Database& database, const FinalKey& final) {
  const auto course = course_head(database, final.course);
  require(course.has_value(), "Нет такой страницы журнала");
  const auto from = Date::from(final.year, 8, 1), to = Date::from(final.year + 1, 7, 31);
  require(from && to, "Итоговая отметка: нет такого учебного года");
  const auto stays = stays_in_course(database, *course);
  require(std::any_of(stays.begin(), stays.end(),
                      [&](const Stay& stay) {
                        return stay.pupil == final.pupil && stay.overlaps(*from, *to);
                      }),
          "Обучающийся не числится в этом классе или группе в этом учебном году");
}

}  // namespace

void set_final(Command& command, const FinalKey& final, std::string_view value, Basis basis) {
  auto& database = command.database();
  if (!is_final_value(value)) {
    refuse("Итоговая отметка: «{1}» — не бывает, только 2–5, осв, н/а, безотм",
           {std::string(value.substr(0, 40))});
  }
  require(is_final_period(final.period), "Итоговая отметка: нет такого периода");
  require(exists(database, "course", {final.course}), "Нет такой страницы журнала");
  require(exists(database, "person", {final.pupil}), "Нет такого обучающегося");
  put(command, "final_mark", key_of(final), "final", {text_value(value), word_of(basis)});
}

void clear_final(Command& command, const FinalKey& final) {
  require(remove(command, "final_mark", key_of(final)), "Итоговой отметки уже нет");
}

void post_final(Command& command, const FinalKey& final, std::string_view value) {
  require_open_period(command.database(), final);
  if (value.empty()) return clear_final(command, final);
  require_taught(command.database(), final);
  set_final(command, final, value);
}

void set_final_by_paper(Command& command, const FinalKey& final, std::string_view value,
                        Basis basis, const Protocol& paper) {
  require(basis != Basis::teacher, "Итоговая отметка: нужен протокол или приказ");
  require_text(paper.number, limits::kNumberBytes, "Номер протокола");
  require_taught(command.database(), final);
  set_final(command, final, value, basis);
  put(command, "final_mark", key_of(final), "protocol",
      {text_value(trimmed(paper.number)), date_value(paper.date)});
}

void defer_final(Command& command, const FinalKey& final, const Deferral& deferral) {
  const auto period = period_of_final(command.database(), final);
  require(period.has_value(), "Отсрочка: нет такого отчётного периода");
  require(period->ends <= deferral.until, "Отсрочка: должна кончаться не раньше самого периода");
  require_text(deferral.reason, limits::kCommentBytes, "Причина отсрочки");
  require_text(deferral.document, limits::kNumberBytes, "Документ отсрочки");
  require_taught(command.database(), final);
  put(command, "final_deferral", key_of(final), "deferral",
      {date_value(deferral.until), text_value(trimmed(deferral.reason)),
       text_value(trimmed(deferral.document))});
}

void end_deferral(Command& command, const FinalKey& final) {
  require(remove(command, "final_deferral", key_of(final)), "Отсрочки уже нет");
}

}  // namespace zimnik::journal
