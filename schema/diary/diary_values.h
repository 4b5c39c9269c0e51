// A diary's week as the values of the template diary_week, which the node and the hub show. Pure;
// any thread.
#pragma once

#include <string>

#include "schema/read/diary_week.h"
#include "sync/web/catalogue.h"
#include "sync/web/values.h"

namespace zimnik::journal {

/// `today` is marked in it. The page adds what the template has beside the week.
web::Values week_values(const DiaryWeek& week, Date today, const web::Translator& translate);
/// The same, with one day of the week alone.
web::Values day_values(const DiaryWeek& week, Date date, Date today,
                       const web::Translator& translate);

}  // namespace zimnik::journal
