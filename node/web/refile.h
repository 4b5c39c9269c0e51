// Marks and absences that a transfer left in the old class's journal, taken to the new one's.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// For the teacher's day, as home.mustache shows them.
web::List waiting_values(sync::Database& database, std::int64_t teacher, int year);
/// By who may edit the lesson that they are taken to.
net::Response refile_lesson(Site& site, const net::Request& request, const Visitor& visitor);

}  // namespace zimnik::node
