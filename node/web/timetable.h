// The timetable of a class, which the heads change from a day on, and lessons that were held
// outside of it, which their teachers or the heads name as moves.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?class=` chooses the class.
net::Response timetable_page(Site& site, const net::Request& request, const Visitor& visitor);
/// class, course, weekday, number, since, room. The heads.
net::Response add_slot(Site& site, const net::Request& request, const Visitor& visitor);
/// class, course, weekday, number, since, last_day. The heads.
net::Response end_slot(Site& site, const net::Request& request, const Visitor& visitor);

/// Of the last eight weeks; to a teacher those of the own courses.
net::Response moves_page(Site& site, const net::Request& request, const Visitor& visitor);
/// course, date, number, planned ("YYYY-MM-DD#number"), order. The course's teacher and the heads.
net::Response name_move(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
