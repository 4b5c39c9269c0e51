// What a head asks a teacher to put right in a journal: the head writes it, the course's teacher
// marks it corrected, the head accepts it or opens it again.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// To the heads all of the school year, to a teacher those on the own courses. `?course=` chooses
/// the journal in the head's form.
net::Response remarks_page(Site& site, const net::Request& request, const Visitor& visitor);
/// course, date, text, due. The heads.
net::Response add_remark(Site& site, const net::Request& request, const Visitor& visitor);
/// id, note. The course's teacher.
net::Response correct_remark(Site& site, const net::Request& request, const Visitor& visitor);
/// id, decision: accept, or reopen with a note. The heads.
net::Response decide_remark(Site& site, const net::Request& request, const Visitor& visitor);

/// For the day page: the open ones of the visitor's own courses.
web::List open_remarks(sync::Database& database, const Visitor& visitor, journal::Date today);

}  // namespace zimnik::node
