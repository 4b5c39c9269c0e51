// Base64 (RFC 4648). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace zimnik::web {

std::string base64(std::string_view bytes);
/// Of letters that stand in addresses as they are, without padding.
std::string base64_url(std::string_view bytes);

}  // namespace zimnik::web
