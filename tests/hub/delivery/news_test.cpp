// What families are told, of whom, and when; read as it arrived at a real mail server.
#include <catch2/catch.hpp>

#include "schema/commands/family.h"
#include "schema/commands/mark.h"
#include "schema/commands/school.h"
#include "tests/hub/delivery/mailing.h"

namespace zimnik::hub::test {

using journal::Absence;
using sync::Command;

TEST_CASE("an absence is told once, with the lesson's own time, to who asked for it") {
  Mailing mailing;
  mailing.mother();
  mailing.write_absence(kPetya, algebra());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.scan() == 0);
  CHECK(mailing.send() == 1);
  CHECK(mailing.send() == 0);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  const auto& letter = letters.front();
  INFO(letter.text);
  CHECK(letter.to == kMotherAddress);
  CHECK(letter.subject == "Иванов Пётр: нет на уроке");
  for (const auto& part :
       {std::string("Иванов Пётр, 7А: нет на уроке. "),
        this_monday().russian() + ", урок № 1, Алгебра, начало: 08:30",
        std::string("Школа деревни Ясунт"), std::string("https://diary.example/unsubscribe/")}) {
    INFO(part);
    CHECK(letter.has(part));
  }
  CHECK(letter.html.find("Иванов Пётр, 7А: нет на уроке") != std::string::npos);
}

TEST_CASE("what stands there when a family begins to be told isn't told") {
  Mailing mailing;
  mailing.mother();  // Dasha's absence in algebra is there already
  CHECK(mailing.scan() == 0);
  mailing.write_absence(kDasha, history());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.send() == 1);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].has("История"));
  CHECK_FALSE(letters[0].has("Алгебра"));
}

TEST_CASE("nobody is told of another's child") {
  Mailing mailing;
  mailing.mother();
  const auto other = mailing.open_account(kOtherCode, "other");
  mailing.subscribe(other, "other@example.ru", {LetterKind::absences});
  for (const auto pupil : {kPetya, kStranger}) mailing.write_absence(pupil, algebra());
  CHECK(mailing.exchange() == 2);
  CHECK(mailing.send() == 2);
  for (const auto& letter : mailing.server.letters()) {
    const bool is_mothers = letter.to == kMotherAddress;
    CHECK(letter.has(is_mothers ? "Иванов Пётр" : "Тарлина Вера"));
    CHECK_FALSE(letter.has(is_mothers ? "Тарлин" : "Иванов"));
  }
}

TEST_CASE("the school's own words are sent, and what it is told late says when the lesson was") {
  Mailing mailing;
  mailing.mother();
  mailing.write([](Command& run) {
    journal::set_absence_message(run, "Добрый день! {ученик} не пришёл: {предмет}, {дата}.");
  });
  mailing.write_absence(kPetya, algebra());
  mailing.pass(kDayMs);  // whatever the day is, the lesson was on an earlier one
  mailing.exchange();
  mailing.send();
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  INFO(letters[0].text);
  CHECK(letters[0].has("Добрый день! Иванов Пётр не пришёл: Алгебра, " + this_monday().russian()));
  CHECK(letters[0].has("Сообщение пришло с опозданием: урок был " + this_monday().russian()));
}

TEST_CASE("absences that come together are one letter") {
  Mailing mailing;
  mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.write_absence(kPetya, history());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.send() == 1);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  INFO(letters[0].text);
  CHECK(letters[0].has("Иванов Пётр отсутствует на уроках:"));
  CHECK(letters[0].has("- " + this_monday().russian() + ", 08:30, урок № 1, Алгебра"));
  CHECK(letters[0].has("- " + this_monday().russian() + ", урок № 2, История"));
}

TEST_CASE("an absence that was told is taken back once, one that wasn't sent yet goes never") {
  Mailing mailing;
  const auto mother = mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.exchange();
  mailing.send();
  mailing.clear_absence(kPetya, algebra());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.scan() == 0);
  mailing.send();
  auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 2);
  CHECK(letters[1].subject == "Иванов Пётр: отметка об отсутствии снята");
  CHECK(letters[1].has("- " + this_monday().russian() + ", 08:30, урок № 1, Алгебра"));

  mailing.write_absence(kPetya, history());
  mailing.exchange();
  mailing.clear_absence(kPetya, history());
  CHECK(mailing.exchange() == 0);
  CHECK(mailing.send() == 0);
  CHECK(mailing.server.letters().size() == 2);
  CHECK(mailing.outbox(mother).front().state == LetterState::dropped);
}

TEST_CASE("an absence that becomes a late coming was none; a late coming isn't told") {
  Mailing mailing;
  mailing.mother();
  mailing.write(
      [](Command& run) { journal::set_absence(run, history(), kPetya, Absence::late, 10); });
  CHECK(mailing.exchange() == 0);
  mailing.write_absence(kPetya, algebra());
  mailing.exchange();
  mailing.send();
  mailing.write(
      [](Command& run) { journal::set_absence(run, algebra(), kPetya, Absence::late, 10); });
  CHECK(mailing.exchange() == 1);
  mailing.send();
  CHECK(mailing.server.letters().back().subject == "Иванов Пётр: отметка об отсутствии снята");
}

TEST_CASE("a refusal stops what is queued already, and what came meanwhile isn't told later") {
  Mailing mailing;
  const auto mother = mailing.mother();
  mailing.write_absence(kPetya, algebra());
  CHECK(mailing.exchange() == 1);
  give_consent(mailing.region.site, kMother, false);
  REQUIRE(mailing.region.site.exchange().end == net::ExchangeReport::End::in_step);
  CHECK(mailing.send() == 0);  // before anybody looked for news again
  CHECK(mailing.outbox(mother).front().state == LetterState::dropped);
  mailing.write_absence(kPetya, history());
  CHECK(mailing.exchange() == 0);
  give_consent(mailing.region.site, kMother, true);
  CHECK(mailing.exchange() == 0);
  CHECK(mailing.send() == 0);
  CHECK(mailing.server.letters().empty());
}

TEST_CASE("an end of guardianship and a newer code stop what is queued") {
  Mailing mailing;
  mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.write_absence(kDasha, history());
  CHECK(mailing.exchange() == 2);
  const auto yesterday = wall_time(system_time(), "Asia/Yekaterinburg").date.plus(-1);
  mailing.write([&](Command& run) { journal::end_guardianship(run, kMother, kPetya, yesterday); });
  mailing.exchange();
  CHECK(mailing.send() == 1);  // of Dasha
  CHECK(mailing.server.letters().front().has("Иванова Дарья"));
  mailing.write_absence(kDasha, {kHistoryCourse, this_monday(), 2});
  mailing.clear_absence(kDasha, history());
  CHECK(mailing.exchange() == 1);
  give_code(mailing.region.site, kMother, "dbcdefghijklmnop");
  mailing.exchange();
  CHECK(mailing.send() == 0);
  CHECK(mailing.server.letters().size() == 1);
}

TEST_CASE("who stopped choosing gets nothing, and an account that is closed leaves nothing") {
  Mailing mailing;
  const auto mother = mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.exchange();
  mailing.region.hub->choices().choose(mother, LetterKind::absences, false,
                                       mailing.region.hub->now());
  CHECK(mailing.send() == 0);
  CHECK(mailing.outbox(mother).front().reply == "от таких писем отказались");
  mailing.region.hub->families().forget(mailing.region.hub->schools().front()->id(), {kMother});
  CHECK(mailing.outbox(mother).empty());
  CHECK_FALSE(mailing.region.hub->choices().of(mother));
}

TEST_CASE("a school that is closed since a restore is told of when it is open again") {
  Mailing mailing;
  const auto mother = mailing.mother();
  mailing.write_absence(kPetya, algebra());
  mailing.exchange();
  const auto school = mailing.region.hub->schools().front()->id();
  const auto now = mailing.region.hub->now();
  mailing.region.hub->recoveries().close(school, {now, now, {}});
  CHECK(mailing.send() == 0);
  CHECK(mailing.scan() == 0);
  CHECK(mailing.outbox(mother).front().state == LetterState::queued);
  mailing.region.hub.run({"accept", school.hex()});
  mailing.pass(kHourMs);
  CHECK(mailing.send() == 1);
}

TEST_CASE("a day's marks are one letter after the digest's hour, with what was changed since") {
  Mailing mailing;
  const auto account = mailing.open_account(kMotherCode, "mama");
  mailing.pass_to(12);
  mailing.subscribe(account, kMotherAddress, {LetterKind::marks});
  mailing.write([](Command& run) {
    journal::enter_mark(run, {algebra(), kDasha, 1, 1}, {4, {}, 1001, "Аккуратнее", {}});
    journal::enter_mark(run, {history(), kDasha, 1, 1}, {3, {}, {}, "", {}});
  });
  CHECK(mailing.exchange() == 0);  // not before the hour
  mailing.pass_to(18);
  CHECK(mailing.scan() == 1);
  CHECK(mailing.scan() == 0);
  CHECK(mailing.send() == 1);
  auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  INFO(letters[0].text);
  CHECK(letters[0].subject.starts_with("Иванова Дарья: отметки на "));
  CHECK(letters[0].has(this_monday().russian() + " Алгебра: 4 — Контрольная работа. Аккуратнее"));
  CHECK(letters[0].has(this_monday().russian() + " История: 3"));
  CHECK_FALSE(letters[0].has(": 5"));  // Petya's, from before

  mailing.write([](Command& run) {
    journal::enter_mark(run, {history(), kDasha, 1, 1}, {5, {}, {}, "", {}});
  });
  mailing.exchange();
  mailing.pass(kDayMs);
  CHECK(mailing.scan() == 1);
  mailing.send();
  letters = mailing.server.letters();
  REQUIRE(letters.size() == 2);
  INFO(letters[1].text);
  CHECK(letters[1].has("История: 5 (была 3)"));
  CHECK_FALSE(letters[1].has("Алгебра"));
}

TEST_CASE("the week's diary goes once a week") {
  Mailing mailing;
  const auto account = mailing.open_account(kMotherCode, "mama");
  mailing.pass_to(12);
  mailing.settings.week_day =
      wall_time(mailing.region.hub->now(), "Asia/Yekaterinburg").date.weekday();
  mailing.subscribe(account, kMotherAddress, {LetterKind::week});
  CHECK(mailing.scan() == 0);
  mailing.pass_to(18);
  CHECK(mailing.scan() == 2);  // of either child
  CHECK(mailing.scan() == 0);
  mailing.pass(6 * kDayMs);
  CHECK(mailing.scan() == 0);
  mailing.send();
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 2);
  mailing.pass(kDayMs);
  CHECK(mailing.scan() == 2);
}

TEST_CASE("a pupil with an account of its own is told of itself alone") {
  Mailing mailing;
  constexpr const char* kPetyasCode = "dbcdefghijklmnop";
  mailing.write([](Command& run) {
    journal::issue_diary_access(run, kPetya, sync::sha256({kPetyasCode}), system_time());
  });
  mailing.exchange();
  const auto petya = mailing.open_account(kPetyasCode, "petya");
  mailing.subscribe(petya, "petya@example.ru", {LetterKind::absences});
  for (const auto pupil : {kPetya, kDasha}) mailing.write_absence(pupil, history());
  CHECK(mailing.exchange() == 1);
  CHECK(mailing.send() == 1);
  const auto letters = mailing.server.letters();
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].to == "petya@example.ru");
  CHECK(letters[0].has("Иванов Пётр"));
}

}  // namespace zimnik::hub::test
