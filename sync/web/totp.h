// Codes by the clock, of an application on a phone: TOTP (RFC 6238) with HMAC-SHA-1, six digits, a
// step of 30 seconds. Pure but for new_totp_secret; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::web {

/// 20 random bytes.
std::string new_totp_secret();
/// Of the step with this number since 1970.
std::string totp_code(std::string_view secret, std::int64_t step);
/// The step whose code was typed (blanks don't count): this one, the one before or after, and later
/// than `last`, so that none is used twice. Nothing where it is another.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view typed,
                                      sync::Time now, std::int64_t last);
/// As applications read it from a QR code: otpauth://totp/ISSUER:ACCOUNT?… Both in ASCII.
std::string totp_address(std::string_view secret, std::string_view issuer,
                         std::string_view account);
/// In Base32, for who types it, in groups of four.
std::string totp_secret_text(std::string_view secret);

}  // namespace zimnik::web
