#include "node/web/movement.h"

#include <catch2/catch.hpp>

#include "schema/read/courses.h"
#include "schema/read/membership.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

std::string path_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil); }
std::string text(std::int64_t id) { return std::to_string(id); }

/// A secretary's browser, and a class.
struct Office {
  Desk desk;
  OwnClass found = own_class(desk);
  Browser secretary{desk.port()};
  Office() { REQUIRE(secretary.sign_in(desk.add_account(Role::secretary), kPassword) == "/"); }

  int post(const std::string& action, const httplib::Params& added) {
    auto form =
        hidden_fields(secretary.get(path_of(found.pupil))->body, path_of(found.pupil) + action);
    form.insert(added.begin(), added.end());
    return secretary.post(path_of(found.pupil) + action, form)->status;
  }
  std::optional<std::int64_t> class_on(const char* day) {
    return desk.node().journal().read([&](sync::Database& database) {
      return journal::class_of_pupil(database, found.pupil, journal::Date::parse(day).value());
    });
  }
  std::string page() { return secretary.get(path_of(found.pupil))->body; }
};

const httplib::Params kOrder = {{"order_number", "40-д"}, {"order_date", "2025-09-29"}};

httplib::Params with_order(httplib::Params form) {
  form.insert(kOrder.begin(), kOrder.end());
  return form;
}

}  // namespace

TEST_CASE("a pupil is transferred by an order, which is noted with its day") {
  Office office;
  CHECK(office.post("/transfer", with_order({{"school_class", text(office.found.other)},
                                             {"since", "2025-10-06"}})) == 303);
  CHECK(office.class_on("2025-10-05") == office.found.own);
  CHECK(office.class_on("2025-10-06") == office.found.other);
  CHECK_THAT(office.page(), Catch::Contains("40-д от 29.09.2025"));
}

TEST_CASE("a mark that was given on or after the day of a transfer is shown as waiting") {
  Office office;
  office.desk.node().journal().write([&](sync::Replica& replica) {
    const sync::Entry entry{{"x", "subject_teacher", 20, "x"}, kNow, {}, replica.seen()};
    replica.write(entry, [&](sync::Command& command) {
      command.database().execute(
          "INSERT INTO mark (course, date, number, pupil, work, attempt, value, weight) "
          "SELECT id, '2025-09-30', 1, " +
          text(office.found.pupil) +
          ", 1, 1, 5, 1 FROM course WHERE study_group IS NULL AND school_class = " +
          text(office.found.own) + " LIMIT 1");
    });
  });
  CHECK_THAT(office.page(), !Catch::Contains("ждут переноса"));
  CHECK(office.post("/transfer", with_order({{"school_class", text(office.found.other)},
                                             {"since", "2025-09-30"}})) == 303);
  CHECK_THAT(office.page(), Catch::Contains("ждут переноса") && Catch::Contains("30.09.2025"));
}

TEST_CASE("who leaves is in no class, is still found, and may be admitted again") {
  Office office;
  CHECK(office.post("/departure", with_order({{"last_day", "2025-09-29"}})) == 303);
  CHECK_FALSE(office.class_on("2025-09-30"));
  CHECK_THAT(office.page(), Catch::Contains("не числится ни в одном классе"));
  CHECK(office.post("/admission", with_order({{"school_class", text(office.found.other)},
                                              {"since", "2025-10-01"}})) == 303);
  CHECK(office.class_on("2025-10-01") == office.found.other);
}

TEST_CASE("movement needs an order with a number and a day") {
  Office office;
  const httplib::Params form = {{"school_class", text(office.found.other)},
                                {"since", "2025-10-06"}};
  CHECK(office.post("/transfer", form) == 422);
  auto without_day = form;
  without_day.emplace("order_number", "40-д");
  CHECK(office.post("/transfer", without_day) == 422);
  CHECK(office.class_on("2025-10-06") == office.found.own);
}

TEST_CASE("a new pupil is admitted to a class, and is there with the file that is entered") {
  Office office;
  const auto list = "/class/" + text(office.found.own);
  auto form = hidden_fields(office.secretary.get(list)->body, list + "/pupil");
  form.merge(with_order({{"family_name", "Хулпайтова"},
                         {"given_name", "Мария"},
                         {"birth_date", "2012-02-29"},
                         {"since", "2025-10-01"}}));
  const auto led = office.secretary.post(list + "/pupil", form);
  REQUIRE(led->status == 303);
  const auto place = led->get_header_value("Location");
  auto file = hidden_fields(office.secretary.get(place)->body, place + "/file");
  file.merge(httplib::Params{{"family_name", "Хулпайтова"},
                             {"given_name", "Марья"},
                             {"birth_date", "2012-02-29"},
                             {"gender", "ж"},
                             {"file_number", "Х-3"},
                             {"snils", ""}});
  CHECK(office.secretary.post(place + "/file", file)->status == 303);
  CHECK_THAT(office.secretary.get(place)->body,
             Catch::Contains("Хулпайтова Марья") && Catch::Contains("Х-3"));
  CHECK_THAT(office.secretary.get(list)->body, Catch::Contains("Хулпайтова Марья"));
  CHECK_THAT(
      office.secretary.get("/classes?" + httplib::detail::params_to_query_str({{"find", "хулп"}}))
          ->body,
      Catch::Contains("href=\"" + place));
}
