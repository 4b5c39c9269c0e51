// The client's question to a server whom it doesn't know: who are you?
#pragma once

#include <string>

#include "sync/core/site.h"
#include "sync/net/https_client.h"

namespace zimnik::net {

/// The record of the site that answers at `url` (https://host:port), whichever site of the
/// authority it is. It is that site: it has proven the key that the record names, the authority has
/// signed the record, and it is of this school. Throws sync::Refused where that doesn't hold,
/// std::runtime_error where nobody answers with one.
sync::SiteRecord ask_site(const std::string& url, HttpsOptions https, const sync::SchoolId& school);

}  // namespace zimnik::net
