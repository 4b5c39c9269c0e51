// What families are told, and which of it each chose.
#pragma once

#include <array>
#include <cstdint>

namespace zimnik::hub {

/// Kinds of letters. Persisted: do not change.
enum class LetterKind : std::uint8_t {
  confirmation = 0,  ///< of an address, by a link in it
  absences = 1,      ///< at once, corrections too
  marks = 2,         ///< a day's
  week = 3,          ///< of the diary
  message = 4,       ///< absences once more, by the gateway of SMS or of a messenger
  phone_code = 5,    ///< the confirmation of a telephone number, by the gateway too
};

inline bool goes_by_gateway(LetterKind kind) {
  return kind == LetterKind::message || kind == LetterKind::phone_code;
}

/// Those that a family chooses.
inline constexpr std::array kNewsKinds = {LetterKind::absences, LetterKind::marks, LetterKind::week,
                                          LetterKind::message};

}  // namespace zimnik::hub
