#include "schema/commands/final_mark.h"

#include "schema/commands/put.h"
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

}  // namespace zimnik::journal
