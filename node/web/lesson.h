// A lesson that the timetable hasn't got for who teaches it: an own one at another time, or another
// teacher's by an order.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

net::Response lesson_page(Site& site, const net::Request& request, const Visitor& visitor);
/// The form of it: course, date, number, order; or slot, one that the timetable has. Leads to the
/// course's page.
net::Response start_lesson(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
