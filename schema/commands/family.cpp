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

void require_person(Command& command, std::int64_t person) {
  require(exists(command.database(), "person", {person}), "Нет такого человека");
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

Agreement checked_agreement(std::string_view word) {
  require(word == kGranted || word == kRefused, "Согласие: выберите, согласен или отказ");
  return word == kGranted ? Agreement::granted : Agreement::refused;
}

void record_consent(Command& command, std::int64_t person, std::string_view purpose,
                    Agreement agreement, std::string_view source, Date date) {
  require_person(command, person);
  require(purpose == kElectronicDiary, "Согласие: нет такой цели");
  require_text(source, limits::kNameBytes, "Основание согласия");
  put(command, "consent", {person, text_value(purpose)}, "consent",
      {text_value(agreement == Agreement::granted ? kGranted : kRefused), text_value(source),
       date_value(date)});
}

void issue_diary_access(Command& command, std::int64_t person, const sync::Hash& verifier,
                        sync::Time issued_at) {
  require(has_row(command.database(),
                  "SELECT 1 FROM guardianship WHERE guardian = ?1 "
                  "UNION ALL SELECT 1 FROM person WHERE id = ?1 AND kind IN ('pupil', 'staff')",
                  {person}),
          "Код для сайта округа: этот человек не ученик, не сотрудник, и детей у него здесь нет");
  put(command, "diary_access", {person}, "code",
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
  const bool is_of_family =
      message.author == message.pupil ||
      has_row(command.database(), "SELECT 1 FROM guardianship WHERE guardian = ? AND pupil = ?",
              {message.author, message.pupil});
  require_text(message.text, is_of_family ? limits::kFamilyMessageBytes : limits::kMessageBytes,
               "Сообщение");
  require_person(command, message.author);
  put(command, "message", {id}, "message",
      {message.pupil, thread, text_value(trimmed(message.text))});
  put(command, "message", {id}, "sending", {message.author, message.sent_at.ms});
}

void note_message_read(Command& command, std::int64_t message, std::int64_t reader,
                       sync::Time read_at) {
  require(exists(command.database(), "message", {message}), "Сообщение: нет такого");
  if (exists(command.database(), "message_receipt", {message, reader})) return;
  put(command, "message_receipt", {message, reader}, "read", {read_at.ms});
}

void announce_absence(Command& command, const NewAbsenceNotice& notice, Date today) {
  require_pupil(command, notice.pupil);
  require_person(command, notice.author);
  require(notice.since <= notice.until, "Отсутствие: последний день раньше первого");
  require(notice.until >= today, "Отсутствие: эти дни уже прошли, принесите в школу документ");
  if (notice.since.days() - today.days() >= limits::kNoticeDays) {
    refuse("Отсутствие: сообщают не больше чем за {1} дней", {std::to_string(limits::kNoticeDays)});
  }
  if (notice.until.days() - notice.since.days() >= limits::kNoticeDays) {
    refuse("Отсутствие: не больше {1} дней сразу", {std::to_string(limits::kNoticeDays)});
  }
  require_text(notice.reason, limits::kCommentBytes, "Причина отсутствия");
  put(command, "absence_notice", {notice.pupil, date_value(notice.since)}, "notice",
      {date_value(notice.until), text_value(trimmed(notice.reason)), notice.author,
       notice.sent_at.ms});
}

void withdraw_absence_notice(Command& command, std::int64_t pupil, Date since) {
  require(remove(command, "absence_notice", {pupil, date_value(since)}),
          "Такого сообщения об отсутствии уже нет");
}

}  // namespace zimnik::journal
