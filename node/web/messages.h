// What the teacher of a class and the heads write to families, and what families answer.
#pragma once

#include <functional>

#include "node/web/site.h"

namespace zimnik::node {

net::Response pupil_messages_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response write_to_family(Site& site, const net::Request& request, const Visitor& visitor);
/// To every family of a class at once: to each a thread of its own.
net::Response class_messages_page(Site& site, const net::Request& request, const Visitor& visitor);
net::Response write_to_class(Site& site, const net::Request& request, const Visitor& visitor);

/// The messages of a pupil that the request asks for, and the forms that answer them, as
/// {{>messages}} shows them. Gives those that are read on this page for the first time.
std::vector<std::int64_t> add_messages(web::Values& values, const net::Request& request,
                                       sync::Database& database, std::int64_t pupil,
                                       journal::Date today, bool is_read_by_family);
/// Notes that the visitor has seen them.
void note_read(Site& site, const net::Request& request, const Visitor& visitor, journal::Role role,
               const std::vector<std::int64_t>& messages);
/// Writes the message of a form (`text`, and `thread` where it answers) about this pupil, if `may`.
net::Response submit_message(Site& site, const net::Request& request, const Visitor& visitor,
                             journal::Role role, std::int64_t pupil, const std::string& then,
                             const std::function<bool(sync::Database&)>& may);

}  // namespace zimnik::node
