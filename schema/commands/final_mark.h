// Results of a period or a year. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/commands/mark.h"
#include "schema/dates.h"
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

/// What a teacher chooses on the page; an empty value clears. Refuses as set_final does, who isn't
/// taught in the course that year, and a period that is closed, unless the result is deferred.
void post_final(sync::Command& command, const FinalKey& final, std::string_view value);
/// By the paper of a commission or an exam, or by an order; also where the period is closed.
/// Refuses a paper without a number, and the teacher as a basis.
void set_final_by_paper(sync::Command& command, const FinalKey& final, std::string_view value,
                        Basis basis, const Protocol& paper);

/// The result waits until this day, for illness or another reason that has a document.
struct Deferral {
  Date until;
  std::string reason, document;
};
/// Refuses a deferral without a reason or a document, one of the year or an exam, and one that
/// ends before its period does.
void defer_final(sync::Command& command, const FinalKey& final, const Deferral& deferral);
/// Refuses where there is none.
void end_deferral(sync::Command& command, const FinalKey& final);

}  // namespace zimnik::journal
