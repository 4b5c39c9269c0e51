// Links in letters that do one thing for who has the letter, without a sign-in. Nothing of them is
// kept: they carry a seal, HMAC-SHA256 under the hub's own secret. Pure; any thread.
//
//   numbers, parted by "-", then "-" and the seal in 64 hexadecimal digits
//   seal = HMAC-SHA256(secret, purpose "|" numbers "|" address)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zimnik::hub {

/// Purposes of links.
inline constexpr std::string_view kConfirmLink =
    "confirm";  // numbers: account, moment it was asked
inline constexpr std::string_view kUnsubscribeLink = "unsubscribe";  // account, kind

/// In 64 hexadecimal digits (RFC 2104).
std::string hmac_sha256(std::string_view secret, std::string_view text);

std::string make_link(std::string_view secret, std::string_view purpose,
                      const std::vector<std::int64_t>& numbers, std::string_view address);
/// The numbers that it says, so many; nothing where it isn't a link. Says nothing of its seal.
std::optional<std::vector<std::int64_t>> numbers_of_link(std::string_view link, std::size_t count);
/// Whether it was made so. In a time that doesn't depend on where it differs.
bool holds(std::string_view link, std::string_view secret, std::string_view purpose,
           const std::vector<std::int64_t>& numbers, std::string_view address);

/// Six digits that confirm a telephone number which the account gave at that moment.
std::string phone_code(std::string_view secret, std::int64_t account, std::int64_t asked_ms,
                       std::string_view phone);

}  // namespace zimnik::hub
