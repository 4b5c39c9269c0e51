#include "node/web/lesson_value.h"

#include "node/web/site.h"
#include "schema/commands/put.h"

namespace zimnik::node {

std::string text_of(const journal::LessonKey& lesson) {
  return std::to_string(lesson.course) + " " + lesson.date.text() + " " +
         std::to_string(lesson.number);
}

journal::LessonKey lesson_in(const net::Fields& form, const char* field) {
  const auto text = form.get(field);
  const auto first = text.find(' '), last = text.rfind(' ');
  journal::require(first != std::string::npos && first != last, "Выберите урок");
  return {number_from(text.substr(0, first)),
          journal::checked_date(text.substr(first + 1, last - first - 1), "Дата урока"),
          number_from(text.substr(last + 1))};
}

}  // namespace zimnik::node
