#include "schema/absence_message.h"

#include <catch2/catch.hpp>

namespace zimnik::journal {
namespace {

Date day(const char* text) { return Date::parse(text).value(); }

AbsenceNotice notice(const std::string& starts = "09:20") {
  return {"Иванов Пётр", "7А", "Алгебра", {901, day("2025-10-01"), 2}, starts};
}

LocalTime at(const char* date, int hour, int minute, int second = 0) {
  return {day(date), (hour * 60 + minute) * 60 + second};
}

}  // namespace

TEST_CASE("R39: each place of the school's text is filled, wherever and however often it stands") {
  CHECK(absence_message("{ученик} ({класс}) {дата} {урок} {предмет} {время}. {ученик}!", notice(),
                        at("2025-10-01", 9, 40)) ==
        "Иванов Пётр (7А) 01.10.2025 2 Алгебра 09:20. Иванов Пётр!");
  CHECK(absence_message("Ваш ребёнок не пришёл", notice(), at("2025-10-01", 9, 40)) ==
        "Ваш ребёнок не пришёл");
}

TEST_CASE("a school without a text, or with one that can't be filled, says the usual one") {
  const auto usual = absence_message("", notice(), at("2025-10-01", 9, 40));
  CHECK(usual ==
        "Иванов Пётр, 7А: нет на уроке. 01.10.2025, урок № 2, Алгебра, начало: 09:20. Сообщите, "
        "пожалуйста, причину классному руководителю.");
  CHECK(absence_message("{ученик} {кто}", notice(), at("2025-10-01", 9, 40)) == usual);
  CHECK_FALSE(unknown_place(kUsualAbsenceMessage));
}

TEST_CASE("what a pupil is called can't become a place") {
  auto odd = notice();
  odd.pupil = "{класс}";
  CHECK(absence_message("{ученик} {урок}", odd, at("2025-10-01", 9, 40)) == "{класс} 2");
}

TEST_CASE("R23: a message that goes more than an hour after the bell says when the lesson was") {
  const std::string late = " Сообщение пришло с опозданием: урок был 01.10.2025, начало: 09:20.";
  CHECK(absence_message("{ученик}", notice(), at("2025-10-01", 10, 20)) == "Иванов Пётр");
  CHECK(absence_message("{ученик}", notice(), at("2025-10-01", 10, 20, 1)) == "Иванов Пётр" + late);
  CHECK(absence_message("{ученик}", notice(), at("2025-10-04", 8, 0)) == "Иванов Пётр" + late);
}

TEST_CASE("where no bell is known a message is late on another day") {
  CHECK(absence_message("{время}", notice(""), at("2025-10-01", 23, 0)) == "—");
  CHECK(absence_message("{ученик}", notice("9:2"), at("2025-10-02", 8, 0)) ==
        "Иванов Пётр Сообщение пришло с опозданием: урок был 01.10.2025, начало: —.");
}

TEST_CASE("a place that is none is named as it stands, one that isn't closed too") {
  CHECK_FALSE(unknown_place("нет {ученик} } и {дата}"));
  CHECK(unknown_place("нет {ученик}, {Дата} {x}") == "{Дата}");
  CHECK(unknown_place("нет {ученик в школе") == "{ученик");
  CHECK(unknown_place("{{ученик}}") == "{{ученик}");
  CHECK(unknown_place("конец {") == "{");
}

}  // namespace zimnik::journal
