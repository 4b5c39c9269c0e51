#include "schema/commands/entry_review.h"

#include "schema/commands/mark.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

namespace {

void decide(sync::Command& command, const MarkKey& mark, std::string_view state,
            std::string_view reason) {
  require(exists(command.database(), "mark", key_of(mark)), "Отметки уже нет");
  put(command, "entry_review", key_of(mark), "decision", {text_value(state), text_or_null(reason)});
}

}  // namespace

void accept_entry(sync::Command& command, const MarkKey& mark) {
  decide(command, mark, kAccepted, "");
}

void reject_entry(sync::Command& command, const MarkKey& mark, std::string_view reason) {
  require_text(reason, limits::kCommentBytes, "Причина");
  decide(command, mark, kRejected, trimmed(reason));
}

}  // namespace zimnik::journal
