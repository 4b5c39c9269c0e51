// Bytes as text: hexadecimal, and base32 for what people copy by hand. Numbers from text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zimnik::sync {

std::string to_hex(std::string_view bytes);
/// Either case. Nothing where it isn't hexadecimal.
std::optional<std::string> from_hex(std::string_view text);

/// RFC 4648, in lower case and without padding.
std::string to_base32(std::string_view bytes);
/// Either case. Nothing where a character or the bits after the last byte don't hold.
std::optional<std::string> from_base32(std::string_view text);

/// As std::to_string() writes it; nothing for anything else.
std::optional<std::uint32_t> from_decimal(std::string_view text);

}  // namespace zimnik::sync
