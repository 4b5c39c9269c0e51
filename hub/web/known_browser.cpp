#include "hub/web/known_browser.h"

#include "hub/delivery/links.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr const char* kKnown = "known";
constexpr long kKnownSeconds = 365L * 24 * 3600;
constexpr std::string_view kPurpose = "known-browser";

}  // namespace

bool is_known_browser(FamilySite& site, const net::Request& request, const FamilyAccount& account) {
  return holds(request.cookie(kKnown), site.hub().choices().secret(), kPurpose, {account.id},
               account.verifier);
}

void remember_browser(FamilySite& site, const net::Request& request, const FamilyAccount& account,
                      net::Response& response) {
  const auto mark =
      make_link(site.hub().choices().secret(), kPurpose, {account.id}, account.verifier);
  response.headers.emplace_back("Set-Cookie", web::cookie(request, kKnown, mark, kKnownSeconds));
}

}  // namespace zimnik::hub
