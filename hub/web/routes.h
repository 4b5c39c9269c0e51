// All pages of the families' site, and which are for those who are signed in alone: the one place
// where that is said. Whose diaries an account reads is asked of the schools at each request
// (family.h). A POST is answered where a page of this site sent it.
#pragma once

#include <span>

#include "hub/web/family_site.h"

namespace zimnik::hub {

struct OpenRoute {
  const char* method;
  const char* pattern;  ///< of sync/net/http_server.h
  net::Response (*answer)(FamilySite&, const net::Request&);
  bool is_from_anywhere = false;  ///< a POST that needn't come from a page of this site
};
std::span<const OpenRoute> open_routes();

/// Others are led to the sign-in.
struct FamilyRoute {
  const char* method;
  const char* pattern;
  net::Response (*answer)(FamilySite&, const net::Request&, const Visitor&);
};
std::span<const FamilyRoute> family_routes();

}  // namespace zimnik::hub
