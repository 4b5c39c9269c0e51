#include "hub/delivery/places.h"

#include <charconv>
#include <vector>

namespace zimnik::hub {
namespace {

constexpr std::size_t kDateSize = 10;

/// The numbers behind the day; nothing where they aren't so many.
std::optional<std::vector<std::int64_t>> numbers(std::string_view text, std::size_t count) {
  std::vector<std::int64_t> found;
  while (!text.empty()) {
    if (text.front() != '/') return std::nullopt;
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data() + 1, text.data() + text.size(), number);
    if (read.ec != std::errc()) return std::nullopt;
    found.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  }
  return found.size() == count ? std::optional(found) : std::nullopt;
}

}  // namespace

std::string place_of(const journal::LessonKey& lesson) {
  return lesson.date.text() + "/" + std::to_string(lesson.course) + "/" +
         std::to_string(lesson.number);
}

std::string place_of(const journal::MarkKey& mark) {
  return place_of(mark.lesson) + "/" + std::to_string(mark.work) + "/" +
         std::to_string(mark.attempt);
}

std::optional<journal::LessonKey> lesson_at(const std::string& place) {
  if (const auto mark = mark_at(place, 0)) return mark->lesson;
  const auto date = journal::Date::parse(place.substr(0, kDateSize));
  if (!date) return std::nullopt;
  const auto rest = numbers(std::string_view(place).substr(kDateSize), 2);
  if (!rest) return std::nullopt;
  return journal::LessonKey{(*rest)[0], *date, (*rest)[1]};
}

std::optional<journal::MarkKey> mark_at(const std::string& place, std::int64_t pupil) {
  const auto date = journal::Date::parse(place.substr(0, kDateSize));
  if (!date) return std::nullopt;
  const auto rest = numbers(std::string_view(place).substr(kDateSize), 4);
  if (!rest) return std::nullopt;
  return journal::MarkKey{{(*rest)[0], *date, (*rest)[1]}, pupil, (*rest)[2], (*rest)[3]};
}

}  // namespace zimnik::hub
