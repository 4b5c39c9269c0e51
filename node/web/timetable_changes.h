// What the heads change in the timetable ahead: who teaches for another, lessons that are moved or
// taken off; for a class or a teacher by day, and what is changed in the next two weeks.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?day=` and `?whose=` ("class:ID", "teacher:ID") choose lessons.
net::Response timetable_changes_page(Site& site, const net::Request& request,
                                     const Visitor& visitor);
/// lesson, teacher, order.
net::Response assign_substitute(Site& site, const net::Request& request, const Visitor& visitor);
/// lesson, date, number, order; with `off` it isn't held at all.
net::Response move_planned_lesson(Site& site, const net::Request& request, const Visitor& visitor);
/// lesson: the slot as the timetable has it, of a move or of a substitute.
net::Response undo_timetable_change(Site& site, const net::Request& request,
                                    const Visitor& visitor);

/// Of the days from tomorrow on that concern a teacher, as the page of its day shows them.
web::List changes_ahead_of(sync::Database& database, std::int64_t teacher, journal::Date today);

}  // namespace zimnik::node
