#include "schema/commands/reschedule.h"

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/off_timetable.h"

namespace zimnik::journal {

void reschedule_lesson(sync::Command& command, const LessonKey& planned, const LessonKey& held,
                       std::string_view order_number) {
  auto& database = command.database();
  require_lesson(database, held);
  require(planned.course == held.course, "Перенос: это другой журнал");
  require_at_most(order_number, limits::kNumberBytes, "Номер приказа");
  const auto vacant = vacant_lessons(database, held.course, planned.date, planned.date);
  require(vacant.contains(planned),
          "Перенос: в этот день и час по расписанию урока нет, или он был");
  put(command, "rescheduled_lesson", {planned.course, date_value(planned.date), planned.number},
      "move", {date_value(held.date), held.number, text_or_null(trimmed(order_number))});
}

}  // namespace zimnik::journal
