// Results of a period or a year. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sync/store/command.h"

namespace zimnik::journal {

struct FinalKey {
  std::int64_t pupil = 0;
  std::int64_t course = 0;
  std::string period;  ///< a period's code, «year», «exam», «total»
  int year = 0;
};

enum class Basis : std::uint8_t {
  teacher,
  protocol,  ///< of a commission
  order,
};

/// Refuses a value that isn't 2 to 5, осв, н/а or безотм, and an unknown period. What stands there
/// by a protocol or an order is covered by another only (the engine refuses).
void set_final(sync::Command& command, const FinalKey& final, std::string_view value,
               Basis basis = Basis::teacher);
/// Refuses where there is none.
void clear_final(sync::Command& command, const FinalKey& final);

}  // namespace zimnik::journal
