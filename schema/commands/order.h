// Orders of the principal, and who is responsible for what by them. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/dates.h"
#include "sync/store/command.h"

namespace zimnik::journal {

struct OrderPaper {
  std::string number;
  Date date;
  std::string title;  ///< what it is about
};

/// `id` from new_id. Refuses a blank number or title, and a number that an order of that day has.
void add_order(sync::Command& command, std::int64_t id, const OrderPaper& order);
/// Writes anew what an order says. Refuses where there is none.
void correct_order(sync::Command& command, std::int64_t id, const OrderPaper& order);
/// Adds the order by which something was done, unless it is known already.
void note_order(sync::Command& command, std::int64_t id, const OrderPaper& order);

/// `duty` in words. Refuses a blank duty or order, and a term that ends before it begins.
void assign_duty(sync::Command& command, std::string_view duty, std::int64_t person, Date since,
                 std::optional<Date> last_day, std::string_view order_number);
/// Refuses where that person hasn't that duty since that day, and a last day before it.
void end_duty(sync::Command& command, std::string_view duty, std::int64_t person, Date since,
              Date last_day);

}  // namespace zimnik::journal
