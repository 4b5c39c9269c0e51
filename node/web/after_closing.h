// Marks that came after their period was closed: the heads accept or reject them, their teachers
// are told.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// To the heads all of the school year, to a teacher those of the own courses.
net::Response after_closing_page(Site& site, const net::Request& request, const Visitor& visitor);
/// course, date, number, pupil, work, attempt; decision: accept, or reject with a reason. The
/// heads.
net::Response decide_after_closing(Site& site, const net::Request& request, const Visitor& visitor);

/// For the day page: how many of the visitor's nobody has decided about; "" for none.
std::string undecided_after_closing(Site& site, const Visitor& visitor);

}  // namespace zimnik::node
