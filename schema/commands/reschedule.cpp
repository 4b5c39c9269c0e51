#include "schema/commands/reschedule.h"

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/off_timetable.h"
#include "schema/read/planned_lessons.h"

namespace zimnik::journal {

using sync::Command;
using sync::Database;
using sync::Value;

namespace {

Values key_of(const LessonKey& slot) { return {slot.course, date_value(slot.date), slot.number}; }

/// The slot of a lesson that is planned for that hour, moved there or not.
LessonKey slot_of_vacant(Database& database, const LessonKey& planned) {
  require(vacant_lessons(database, planned.course, planned.date, planned.date).contains(planned),
          "Перенос: в этот день и час по расписанию урока нет, или он был");
  return moved_from(database, planned).value_or(planned);
}

void put_move(Command& command, const LessonKey& slot, const Value& date, const Value& number,
              std::string_view order_number) {
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  put(command, "rescheduled_lesson", key_of(slot), "move",
      {date, number, text_or_null(trimmed(order_number))});
}

}  // namespace

void reschedule_lesson(Command& command, const LessonKey& planned, const LessonKey& held,
                       std::string_view order_number) {
  auto& database = command.database();
  require_lesson(database, held);
  require(planned.course == held.course, "Перенос: это другой журнал");
  put_move(command, slot_of_vacant(database, planned), date_value(held.date), held.number,
           order_number);
}

void move_lesson(Command& command, const LessonKey& planned, const LessonKey& to,
                 std::string_view order_number) {
  auto& database = command.database();
  require(planned.course == to.course, "Перенос: это другой журнал");
  require_lesson_number(to.number);
  require(planned.date.school_year() == to.date.school_year(),
          "Перенос: новый день из другого учебного года");
  const auto slot = slot_of_vacant(database, planned);
  if (to == slot) return put_back_lesson(command, slot);
  require(!planned_lessons(database, to.course, to.date, to.date).contains(to) &&
              !has_lesson(database, to),
          "Перенос: в тот день и час в этом журнале уже есть урок");
  put_move(command, slot, date_value(to.date), to.number, order_number);
}

void take_off_lesson(Command& command, const LessonKey& planned, std::string_view order_number) {
  const auto slot = slot_of_vacant(command.database(), planned);
  put_move(command, slot, sync::Null{}, sync::Null{}, order_number);
}

void put_back_lesson(Command& command, const LessonKey& slot) {
  auto& database = command.database();
  const auto moves = moves_of_course(database, slot.course);
  const auto found = moves.find(slot);
  require(found != moves.end(), "Этот урок не переносили");
  require(!found->second || !has_lesson(database, *found->second),
          "Урок уже проведён в новый час: перенос остаётся");
  require(!planned_lessons(database, slot.course, slot.date, slot.date).contains(slot),
          "Перенос: в тот день и час в этом журнале уже есть урок");
  remove(command, "rescheduled_lesson", key_of(slot));
}

}  // namespace zimnik::journal
