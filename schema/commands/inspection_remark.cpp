#include "schema/commands/inspection_remark.h"

#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Command;

namespace {

std::string state_of(Command& command, std::int64_t id) {
  const auto state =
      one_text(command.database(), "SELECT state FROM inspection_remark WHERE id = ?", {id});
  require(state.has_value(), "Такого замечания нет");
  return *state;
}

void put_state(Command& command, std::int64_t id, std::string_view state, std::string_view note) {
  put(command, "inspection_remark", {id}, "correction",
      {text_value(state), text_or_null(trimmed(note))});
}

}  // namespace

void add_inspection_remark(Command& command, std::int64_t id, const InspectionRemark& remark) {
  require(exists(command.database(), "course", {remark.course}), "Нет такой страницы журнала");
  require_text(remark.text, limits::kMessageBytes, "Замечание");
  put(command, "inspection_remark", {id}, "remark",
      {remark.course, optional_value(remark.date), text_value(trimmed(remark.text)),
       optional_value(remark.due)});
  put_state(command, id, kRemarkOpen, "");
}

void correct_inspection_remark(Command& command, std::int64_t id, std::string_view note) {
  require(state_of(command, id) == kRemarkOpen, "Это замечание уже не открыто");
  require_text(note, limits::kCommentBytes, "Что исправлено");
  put_state(command, id, kRemarkCorrected, note);
}

void accept_inspection_remark(Command& command, std::int64_t id) {
  require(state_of(command, id) == kRemarkCorrected, "Учитель ещё не отметил это исправленным");
  const auto note =
      one_text(command.database(), "SELECT note FROM inspection_remark WHERE id = ?", {id});
  put_state(command, id, kRemarkAccepted, note.value_or(""));
}

void reopen_inspection_remark(Command& command, std::int64_t id, std::string_view note) {
  require(state_of(command, id) != kRemarkOpen, "Это замечание и так открыто");
  require_text(note, limits::kCommentBytes, "Что ещё исправить");
  put_state(command, id, kRemarkOpen, note);
}

}  // namespace zimnik::journal
