#include "schema/commands/family.h"

#include "schema/commands/lesson.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Blob;
using sync::Command;
using sync::Null;

namespace {

void require_pupil(Command& command, std::int64_t pupil) {
  require(one_text(command.database(), "SELECT kind FROM person WHERE id = ?", {pupil}) ==
              word_of(PersonKind::pupil),
          "Нет такого обучающегося");
}

}  // namespace

void add_guardian(Command& command, std::int64_t guardian, std::int64_t pupil,
                  std::string_view relation) {
  require(exists(command.database(), "person", {guardian}), "Нет такого законного представителя");
  require_pupil(command, pupil);
  require_text(relation, limits::kNameBytes, "Кем приходится");
  put(command, "guardianship", {guardian, pupil}, "relation",
      {text_value(trimmed(relation)), Null{}});
}

void end_guardianship(Command& command, std::int64_t guardian, std::int64_t pupil, Date last_day) {
  const auto relation = one_text(
      command.database(), "SELECT relation FROM guardianship WHERE guardian = ? AND pupil = ?",
      {guardian, pupil});
  require(relation.has_value(), "Этот человек не представитель обучающегося");
  put(command, "guardianship", {guardian, pupil}, "relation",
      {text_value(*relation), date_value(last_day)});
}

void record_consent(Command& command, std::int64_t person, std::string_view purpose,
                    Agreement agreement, std::string_view source, Date date) {
  require(exists(command.database(), "person", {person}), "Нет такого человека");
  require(purpose == kElectronicDiary, "Согласие: нет такой цели");
  require_text(source, limits::kNameBytes, "Основание согласия");
  put(command, "consent", {person, text_value(purpose)}, "consent",
      {text_value(agreement == Agreement::granted ? kGranted : kRefused), text_value(source),
       date_value(date)});
}

void issue_diary_access(Command& command, std::int64_t guardian, const sync::Hash& verifier,
                        sync::Time issued_at) {
  require(has_row(command.database(), "SELECT 1 FROM guardianship WHERE guardian = ?", {guardian}),
          "Доступ к дневнику: у этого человека здесь нет детей");
  put(command, "diary_access", {guardian}, "code",
      {Blob{std::string(verifier.view())}, issued_at.ms});
}

void withdraw_diary_access(Command& command, std::int64_t guardian) {
  require(remove(command, "diary_access", {guardian}), "Доступа к дневнику уже нет");
}

void add_remark(Command& command, std::int64_t id, const LessonKey& lesson, std::int64_t pupil,
                std::string_view text) {
  require_lesson(command.database(), lesson);
  require_pupil(command, pupil);
  require_text(text, limits::kMessageBytes, "Замечание");
  put(command, "remark", {id}, "remark",
      {lesson.course, date_value(lesson.date), lesson.number, pupil, text_value(trimmed(text))});
}

void add_message(Command& command, std::int64_t id, const NewMessage& message) {
  require_pupil(command, message.pupil);
  const auto thread = message.thread == 0 ? id : message.thread;
  require(thread == id || one_integer(command.database(), "SELECT pupil FROM message WHERE id = ?",
                                      {thread}) == message.pupil,
          "Сообщение: нет такой переписки");
  require_text(message.text, limits::kMessageBytes, "Сообщение");
  require(exists(command.database(), "person", {message.author}), "Нет такого человека");
  put(command, "message", {id}, "message",
      {message.pupil, thread, text_value(trimmed(message.text))});
  put(command, "message", {id}, "sending", {message.author, message.sent_at.ms});
}

}  // namespace zimnik::journal
