// Responses compressed for whoever takes it. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace zimnik::web {

/// Whether an Accept-Encoding header (RFC 9110) names gzip, and not with a weight of 0.
bool accepts_gzip(std::string_view accept_encoding);
std::string gzip(std::string_view bytes);

}  // namespace zimnik::web
