// The diary of a pupil, by week, day, subject and what lies ahead. Any thread.
#pragma once

#include <functional>

#include "hub/family.h"
#include "hub/web/family_site.h"

namespace zimnik::hub {

net::Response diary_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response day_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response results_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response subject_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
net::Response schedule_page(FamilySite& site, const net::Request& request, const Visitor& visitor);
/// What a browser keeps to show, without a line, in place of a page that it hasn't seen.
net::Response offline_page(FamilySite& site, const net::Request& request);
/// The way to the first diary that the account may read, or why there is none.
net::Response to_diary(FamilySite& site, const net::Request& request, const Visitor& visitor);

inline std::string diary_path(std::int64_t pupil) { return "/diary/" + std::to_string(pupil); }
/// For {{>family_tabs}}: the pages of a child's diary, `here` among them (a path), and the
/// siblings.
web::Values child_values(const Family& family, const FamilyChild& child, const std::string& here);

/// What `page` gives for the child in the address, where it is one of the family's and may be read,
/// after its look is noted (access_log.h); else the page that says why not.
using ChildPage = std::function<net::Response(const Family&, const FamilyChild&)>;
net::Response for_child(FamilySite& site, const net::Request& request, const Visitor& visitor,
                        const ChildPage& page);

}  // namespace zimnik::hub
