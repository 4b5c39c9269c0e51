#include "schema/absence_message.h"

#include <algorithm>
#include <array>

namespace zimnik::journal {

namespace {

constexpr int kPromptSeconds = 40 * 60;  // after the last moment in which «н» is in time
constexpr std::string_view kPupil = "{ученик}", kClass = "{класс}", kDate = "{дата}",
                           kLesson = "{урок}", kSubject = "{предмет}", kTime = "{время}";
constexpr std::array<MessagePlace, 6> kPlaces{{{kPupil, "фамилия и имя обучающегося"},
                                               {kClass, "класс"},
                                               {kDate, "день урока"},
                                               {kLesson, "номер урока"},
                                               {kSubject, "предмет"},
                                               {kTime, "начало урока по звонку"}}};

/// The text's first place from `at` on, braces and all; empty where there is none.
std::string_view place_in(std::string_view text, std::size_t at) {
  const auto begin = text.find('{', at);
  if (begin == std::string_view::npos) return {};
  const auto end = text.find_first_of("} \n", begin);
  if (end == std::string_view::npos) return text.substr(begin);
  return text.substr(begin, end - begin + (text[end] == '}' ? 1 : 0));
}

std::string time_of(const AbsenceNotice& notice) {
  return is_time_of_day(notice.starts) ? notice.starts : "—";
}

std::string value_of(std::string_view place, const AbsenceNotice& notice) {
  if (place == kPupil) return notice.pupil;
  if (place == kClass) return notice.class_name;
  if (place == kDate) return notice.lesson.date.russian();
  if (place == kLesson) return std::to_string(notice.lesson.number);
  if (place == kSubject) return notice.subject;
  return time_of(notice);
}

bool goes_late(const AbsenceNotice& notice, LocalTime sent) {
  auto due = attendance_deadline(notice.lesson.date, notice.starts);
  due.second += kPromptSeconds;
  return due < sent;
}

}  // namespace

const std::string_view kUsualAbsenceMessage =
    "{ученик}, {класс}: нет на уроке. {дата}, урок № {урок}, {предмет}, начало: {время}. "
    "Сообщите, пожалуйста, причину классному руководителю.";

std::span<const MessagePlace> absence_places() { return kPlaces; }

std::optional<std::string> unknown_place(std::string_view text) {
  for (auto place = place_in(text, 0); !place.empty();
       place = place_in(text, static_cast<std::size_t>(place.data() - text.data()) + 1)) {
    const bool is_known = std::ranges::any_of(
        kPlaces, [&](const MessagePlace& known) { return known.place == place; });
    if (!is_known) return std::string(place);
  }
  return std::nullopt;
}

std::string absence_message(std::string_view text, const AbsenceNotice& notice, LocalTime sent) {
  if (text.empty() || unknown_place(text)) text = kUsualAbsenceMessage;
  std::string message;
  for (std::size_t at = 0; at < text.size();) {
    const auto place = place_in(text, at);
    const auto begin =
        place.empty() ? text.size() : static_cast<std::size_t>(place.data() - text.data());
    message += text.substr(at, begin - at);
    if (!place.empty()) message += value_of(place, notice);
    at = begin + place.size();
  }
  if (goes_late(notice, sent)) {
    message += " Сообщение пришло с опозданием: урок был " + notice.lesson.date.russian() +
               ", начало: " + time_of(notice) + ".";
  }
  return message;
}

}  // namespace zimnik::journal
