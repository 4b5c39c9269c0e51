#include "node/web/save.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "node/web/entry.h"
#include "node/web/site.h"
#include "schema/commands/lesson.h"
#include "schema/commands/lesson_plan.h"
#include "schema/commands/lesson_work.h"
#include "schema/commands/mark.h"
#include "schema/commands/put.h"
#include "schema/read/entries.h"
#include "sync/core/limits.h"
#include "sync/web/form_entry.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw std::invalid_argument(name + ": " + what);
}

std::string text_of(const json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) refuse(name, "a text is wanted");
  return found->get<std::string>();
}

std::int64_t number_of(const json& object, const std::string& name) {
  const auto found = object.find(name);
  const bool fits = found != object.end() && found->is_number_integer() &&
                    (!found->is_number_unsigned() ||
                     found->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
  if (!fits) refuse(name, "a whole number is wanted");
  return found->get<std::int64_t>();
}

/// Opens a lesson that was only planned: the first entry does it.
void ensure_lesson(sync::Command& command, const SaveRequest& save, const Visitor& visitor,
                   journal::Date today) {
  auto& find = command.database().prepared(
      "SELECT 1 FROM lesson WHERE course = ? AND date = ? AND number = ?");
  const auto date = save.lesson.date.text();
  const bool is_there =
      find.bind(1, save.lesson.course).bind_text(2, date).bind(3, save.lesson.number).step();
  find.reset();
  if (is_there) return;
  const journal::Assignment assignment{visitor.person, {}, {}};
  if (!journal::may_open_lesson(command.database(), visitor.person, save.lesson, assignment,
                                today)) {
    throw sync::CommandRefused("Этот урок может открыть только учитель предмета.");
  }
  journal::open_lesson(command, save.lesson, assignment);
}

std::optional<std::int64_t> number_if_any(const json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  return number_of(object, name);
}

std::optional<int> small_number_if_any(const json& object, const std::string& name) {
  const auto number = number_if_any(object, name);
  if (!number) return std::nullopt;
  if (*number < -1'000'000 || *number > 1'000'000) refuse(name, "is out of range");
  return static_cast<int>(*number);
}

std::optional<journal::Protocol> protocol_if_any(const json& object) {
  const auto found = object.find("protocol");
  if (found == object.end()) return std::nullopt;
  if (!found->is_object()) refuse("protocol", "an object is wanted");
  const auto date = journal::Date::parse(text_of(*found, "date"));
  if (!date) refuse("protocol.date", "isn't a day");
  return journal::Protocol{text_of(*found, "number"), *date};
}

// -- what the kinds do ----------------------------------------------------------------------------

journal::MarkKey mark_of(const SaveRequest& save, std::int64_t attempt) {
  return {save.lesson, save.pupil, save.work, attempt};
}

std::int64_t last_attempt(sync::Command& command, const SaveRequest& save) {
  return journal::next_attempt(command.database(), save.lesson, save.pupil, save.work) - 1;
}

journal::MarkEntry typed(const SaveRequest& save) {
  const auto entry = journal::typed_mark(save.text);
  if (!entry) journal::refuse("«{1}» — не отметка: от 2 до 5 или точка.", {save.text});
  return *entry;
}

/// What a mark has beside its value stays as it is.
void keep_rest(journal::MarkEntry& entry, const journal::ShownMark& mark) {
  entry.weight = mark.weight;
  entry.work_type = mark.work_type;
  entry.comment = mark.comment;
}

void save_mark(sync::Command& command, const SaveRequest& save, const std::string&) {
  auto entry = typed(save);
  const auto key = mark_of(save, 1);
  if (const auto mark = journal::mark_at(command.database(), key)) keep_rest(entry, *mark);
  journal::enter_mark(command, key, entry);
}

void save_retake(sync::Command& command, const SaveRequest& save, const std::string&) {
  auto entry = typed(save);
  if (!save.protocol) journal::refuse("Номер протокола: не заполнено");
  entry.protocol = save.protocol;
  // After an absence it is the first attempt: the absence stays, and the mark stands beside it.
  const auto attempt = last_attempt(command, save);
  if (const auto mark = journal::mark_at(command.database(), mark_of(save, attempt))) {
    entry.weight = mark->weight;
    entry.work_type = mark->work_type;
  }
  journal::enter_mark(command, mark_of(save, attempt + 1), entry);
}

void save_comment(sync::Command& command, const SaveRequest& save, const std::string&) {
  const auto key = mark_of(save, last_attempt(command, save));
  const auto mark = journal::mark_at(command.database(), key);
  if (!mark) journal::refuse("Отметки уже нет");
  journal::MarkEntry entry;
  entry.value = mark->value;
  keep_rest(entry, *mark);
  entry.comment = save.text;
  journal::enter_mark(command, key, entry);
}

void save_absence(sync::Command& command, const SaveRequest& save, const std::string&) {
  const auto absence = journal::absence_of(save.text);
  if (!absence) journal::refuse("«{1}» — не пропуск: «н» или «оп».", {save.text});
  journal::set_absence(command, save.lesson, save.pupil, *absence, save.minutes);
}

void clear_cell(sync::Command& command, const SaveRequest& save, const std::string&) {
  const auto attempt = last_attempt(command, save);
  attempt > 0 ? journal::clear_mark(command, mark_of(save, attempt))
              : journal::clear_absence(command, save.lesson, save.pupil);
}

void clear_absence(sync::Command& command, const SaveRequest& save, const std::string&) {
  journal::clear_absence(command, save.lesson, save.pupil);
}

void save_topic(sync::Command& command, const SaveRequest& save, const std::string& order) {
  journal::set_topic(command, save.lesson, save.text, order);
}

void save_homework(sync::Command& command, const SaveRequest& save, const std::string& order) {
  save.text.empty() ? journal::clear_homework(command, save.lesson, order)
                    : journal::set_homework(command, save.lesson, save.text, order);
}

void save_no_homework(sync::Command& command, const SaveRequest& save, const std::string& order) {
  journal::set_no_homework(command, save.lesson, order);
}

void save_plan(sync::Command& command, const SaveRequest& save, const std::string& order) {
  journal::take_plan_line(command, save.lesson, number_from(save.text), order);
}

void save_lesson_kind(sync::Command& command, const SaveRequest& save, const std::string&) {
  journal::set_lesson_kind(command, save.lesson, save.text);
}

void save_work(sync::Command& command, const SaveRequest& save, const std::string&) {
  journal::set_lesson_work(command, save.lesson, save.work,
                           {save.work_type, save.weight, save.text});
}

void remove_work(sync::Command& command, const SaveRequest& save, const std::string&) {
  journal::remove_lesson_work(command, save.lesson, save.work);
}

/// `order`: by which the lesson's teacher substitutes; else empty.
using Apply = void (*)(sync::Command& command, const SaveRequest& save, const std::string& order);
const std::map<std::string, Apply, std::less<>> kKinds = {
    {"mark", save_mark},       {"retake", save_retake},      {"comment", save_comment},
    {"absence", save_absence}, {"clear", clear_cell},        {"present", clear_absence},
    {"topic", save_topic},     {"homework", save_homework},  {"no_homework", save_no_homework},
    {"plan", save_plan},       {"lesson", save_lesson_kind}, {"work", save_work},
    {"no_work", remove_work},
};

}  // namespace

SaveRequest read_save(const std::string& body) {
  const auto object = json::parse(body, nullptr, false);
  if (!object.is_object()) refuse("body", "isn't a JSON object");
  SaveRequest save;
  const auto counter = number_of(object, "counter");
  if (counter < 1 || counter > UINT32_MAX) refuse("counter", "is out of range");
  save.entry = {web::page_from(text_of(object, "page")), static_cast<std::uint32_t>(counter)};
  const auto seen = object.find("seen");
  if (seen == object.end() || !seen->is_object()) refuse("seen", "an object is wanted");
  save.seen = web::seen_from(
      text_of(*seen, "site"),
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(*seen, "arrival"))));
  const auto date = journal::Date::parse(text_of(object, "date"));
  if (!date) refuse("date", "isn't a day");
  save.lesson = {number_of(object, "course"), *date, number_of(object, "number")};
  save.kind = text_of(object, "kind");
  save.text = text_of(object, "text");
  if (object.contains("login")) save.login = text_of(object, "login");
  save.pupil = number_if_any(object, "pupil").value_or(0);
  save.work = number_if_any(object, "work").value_or(1);
  save.work_type = number_if_any(object, "work_type");
  save.weight = small_number_if_any(object, "weight");
  save.minutes = small_number_if_any(object, "minutes");
  save.protocol = protocol_if_any(object);
  return save;
}

void apply_save(sync::Command& command, const SaveRequest& save, const Visitor& visitor,
                journal::Date today) {
  ensure_lesson(command, save, visitor, today);
  if (!journal::may_edit_lesson(command.database(), visitor.person, save.lesson, today)) {
    throw sync::CommandRefused("В этот урок вносит записи только его учитель.");
  }
  const auto apply = kKinds.find(save.kind);
  if (apply == kKinds.end()) journal::refuse("Неизвестная запись: {1}", {save.kind});
  apply->second(command, save, journal::order_of_lesson(command.database(), save.lesson));
}

}  // namespace zimnik::node
