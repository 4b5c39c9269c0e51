// What was entered after its deadline, and why.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `?from=&to=`: of the heads all, of a teacher the own courses'; the last four weeks where no days
/// are given.
net::Response late_page(Site& site, const net::Request& request, const Visitor& visitor);
/// The form of one line: course, date, number, matter, reason.
net::Response explain_late(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
