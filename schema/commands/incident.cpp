#include "schema/commands/incident.h"

#include "schema/commands/put.h"
#include "schema/limits.h"

namespace zimnik::journal {

using sync::Command;

namespace {

void require_incident(Command& command, std::int64_t id) {
  require(exists(command.database(), "incident", {id}), "Такого сообщения нет");
}

void receive(Command& command, std::int64_t id, const std::string& group, sync::Time received) {
  require_incident(command, id);
  const auto known = one_integer(
      command.database(), "SELECT " + group + "_received_at FROM incident WHERE id = ?", {id});
  if (!known) put(command, "incident", {id}, group, {received.ms});
}

}  // namespace

void report_incident(Command& command, std::int64_t id, std::string_view login,
                     std::string_view what, sync::Time reported) {
  require(exists(command.database(), "account", {text_value(login)}), "Нет такой учётной записи");
  require_text(what, limits::kCommentBytes, "Что случилось");
  put(command, "incident", {id}, "report",
      {text_value(login), reported.ms, text_value(trimmed(what))});
}

void receive_as_principal(Command& command, std::int64_t id, sync::Time received) {
  receive(command, id, "principal", received);
}

void receive_as_support(Command& command, std::int64_t id, sync::Time received) {
  receive(command, id, "support", received);
}

void note_act(Command& command, std::int64_t id, const sync::Hash& act) {
  require_incident(command, id);
  put(command, "incident", {id}, "outcome", {sync::Blob{std::string(act.view())}, sync::Null{}});
}

}  // namespace zimnik::journal
