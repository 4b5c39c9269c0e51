#include "schema/commands/order.h"

#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

using sync::Command;

namespace {

constexpr const char* kTermReversed = "Срок: последний день раньше первого";

void put_order(Command& command, std::int64_t id, const OrderPaper& order) {
  require_text(order.number, limits::kNumberBytes, "Номер приказа");
  require_text(order.title, limits::kNameBytes, "О чём приказ");
  put(command, "school_order", {id}, "order",
      {text_value(trimmed(order.number)), date_value(order.date),
       text_value(trimmed(order.title))});
}

bool is_known(Command& command, std::int64_t but, const OrderPaper& order) {
  return has_row(command.database(),
                 "SELECT 1 FROM school_order WHERE number = ? AND date = ? AND id <> ?",
                 {text_value(trimmed(order.number)), date_value(order.date), but});
}

void require_new(Command& command, std::int64_t id, const OrderPaper& order) {
  if (!is_known(command, id, order)) return;
  refuse("Приказ {1} от {2} уже записан", {trimmed(order.number), order.date.russian()});
}

}  // namespace

void add_order(Command& command, std::int64_t id, const OrderPaper& order) {
  require_new(command, id, order);
  put_order(command, id, order);
}

void correct_order(Command& command, std::int64_t id, const OrderPaper& order) {
  require(exists(command.database(), "school_order", {id}), "Такого приказа нет");
  require_new(command, id, order);
  put_order(command, id, order);
}

void note_order(Command& command, std::int64_t id, const OrderPaper& order) {
  if (!is_known(command, id, order)) put_order(command, id, order);
}

void assign_duty(Command& command, std::string_view duty, std::int64_t person, Date since,
                 std::optional<Date> last_day, std::string_view order_number) {
  require_text(duty, limits::kNameBytes, "За что отвечает");
  require_text(order_number, limits::kNumberBytes, "Номер приказа");
  require(exists(command.database(), "person", {person}), "Нет такого человека");
  require(!last_day || since <= *last_day, kTermReversed);
  put(command, "responsibility", {text_value(trimmed(duty)), person, date_value(since)}, "term",
      {optional_value(last_day), text_value(trimmed(order_number))});
}

void end_duty(Command& command, std::string_view duty, std::int64_t person, Date since,
              Date last_day) {
  const Values key = {text_value(duty), person, date_value(since)};
  require(exists(command.database(), "responsibility", key),
          "Такой обязанности у этого человека нет");
  require(since <= last_day, kTermReversed);
  const auto order_number = one_text(
      command.database(),
      "SELECT order_number FROM responsibility WHERE duty = ? AND person = ? AND since = ?",
      {text_value(duty), person, date_value(since)});
  put(command, "responsibility", key, "term",
      {date_value(last_day), text_or_null(order_number.value_or(""))});
}

}  // namespace zimnik::journal
