// How an account comes in, and goes: with its login and password. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "hub/family_store.h"
#include "hub/web/family_site.h"

namespace zimnik::hub {

inline constexpr std::size_t kMostLoginBytes = 64;

/// The token that the browser brings; empty where it brings none.
std::string session_of(const net::Request& request);
/// As a login is kept: small letters, without blanks around it.
std::string login_as_kept(std::string login);
bool is_login(const std::string& login);

/// The sign-in, or the way to the first diary.
net::Response home_page(FamilySite& site, const net::Request& request);
net::Response sign_in(FamilySite& site, const net::Request& request);
net::Response sign_out(FamilySite& site, const net::Request& request);
/// For who asks for a page that isn't for everybody.
net::Response sign_in_first(FamilySite& site, const net::Request& request);
/// Opens a session, whose cookie goes with the response.
void add_session(FamilySite& site, const net::Request& request, std::int64_t account,
                 net::Response& response);
/// Opens a session, and leads to the diary. The browser is a known one from then on.
net::Response signed_in(FamilySite& site, const net::Request& request,
                        const FamilyAccount& account);

}  // namespace zimnik::hub
