#include "node/web/save.h"

#include <algorithm>
#include <stdexcept>

#include "node/web/entry.h"
#include "schema/commands/lesson.h"
#include "schema/commands/mark.h"
#include "schema/commands/put.h"
#include "sync/core/limits.h"

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

void clear_cell(sync::Command& command, const SaveRequest& save) {
  auto& find = command.database().prepared(
      "SELECT work, attempt FROM mark WHERE course = ? AND date = ? AND number = ? AND pupil = ? "
      "ORDER BY work DESC, attempt DESC LIMIT 1");
  const auto date = save.lesson.date.text();
  find.bind(1, save.lesson.course).bind_text(2, date).bind(3, save.lesson.number);
  if (find.bind(4, save.pupil).step()) {
    const journal::MarkKey mark{save.lesson, save.pupil, find.integer(0), find.integer(1)};
    find.reset();
    return journal::clear_mark(command, mark);
  }
  journal::clear_absence(command, save.lesson, save.pupil);
}

}  // namespace

SaveRequest read_save(const std::string& body) {
  const auto object = json::parse(body, nullptr, false);
  if (!object.is_object()) refuse("body", "isn't a JSON object");
  SaveRequest save;
  const auto counter = number_of(object, "counter");
  if (counter < 1 || counter > UINT32_MAX) refuse("counter", "is out of range");
  save.entry = {page_from(text_of(object, "page")), static_cast<std::uint32_t>(counter)};
  const auto seen = object.find("seen");
  if (seen == object.end() || !seen->is_object()) refuse("seen", "an object is wanted");
  save.seen =
      seen_from(text_of(*seen, "site"),
                static_cast<std::uint64_t>(std::max<std::int64_t>(0, number_of(*seen, "arrival"))));
  const auto date = journal::Date::parse(text_of(object, "date"));
  if (!date) refuse("date", "isn't a day");
  save.lesson = {number_of(object, "course"), *date, number_of(object, "number")};
  save.kind = text_of(object, "kind");
  save.text = text_of(object, "text");
  if (object.contains("login")) save.login = text_of(object, "login");
  if (object.contains("pupil")) save.pupil = number_of(object, "pupil");
  return save;
}

void apply_save(sync::Command& command, const SaveRequest& save, const Visitor& visitor,
                journal::Date today) {
  ensure_lesson(command, save, visitor, today);
  if (!journal::may_edit_lesson(command.database(), visitor.person, save.lesson, today)) {
    throw sync::CommandRefused("В этот урок вносит записи только его учитель.");
  }
  const auto order = journal::order_of_lesson(command.database(), save.lesson);
  if (save.kind == "mark") {
    const auto entry = journal::typed_mark(save.text);
    if (!entry) journal::refuse("«{1}» — не отметка: от 2 до 5 или точка.", {save.text});
    journal::enter_mark(command, {save.lesson, save.pupil, 1, 1}, *entry);
  } else if (save.kind == "absence") {
    const auto absence = journal::absence_of(save.text);
    if (!absence) journal::refuse("«{1}» — не пропуск: «н» или «оп».", {save.text});
    journal::set_absence(command, save.lesson, save.pupil, *absence);
  } else if (save.kind == "clear") {
    clear_cell(command, save);
  } else if (save.kind == "topic") {
    journal::set_topic(command, save.lesson, save.text, order);
  } else if (save.kind == "homework" && save.text.empty()) {
    journal::clear_homework(command, save.lesson, order);
  } else if (save.kind == "homework") {
    journal::set_homework(command, save.lesson, save.text, order);
  } else if (save.kind == "no_homework") {
    journal::set_no_homework(command, save.lesson, order);
  } else {
    journal::refuse("Неизвестная запись: {1}", {save.kind});
  }
}

}  // namespace zimnik::node
