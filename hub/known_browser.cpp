#include "hub/known_browser.h"

#include "hub/delivery/links.h"
#include "sync/web/visit.h"

namespace zimnik::hub {
namespace {

constexpr long kKnownSeconds = 365L * 24 * 3600;

std::string cookie_of(const KnownAccount& account) {
  return "known_" + account.door + "_" + std::to_string(account.id);
}

}  // namespace

bool is_known_browser(Hub& hub, const net::Request& request, const KnownAccount& account) {
  return holds(request.cookie(cookie_of(account)), hub.choices().secret(), account.door,
               {account.id}, account.verifier);
}

void remember_browser(Hub& hub, const net::Request& request, const KnownAccount& account,
                      net::Response& response) {
  const auto mark = make_link(hub.choices().secret(), account.door, {account.id}, account.verifier);
  response.headers.emplace_back("Set-Cookie",
                                web::cookie(request, cookie_of(account), mark, kKnownSeconds));
}

}  // namespace zimnik::hub
