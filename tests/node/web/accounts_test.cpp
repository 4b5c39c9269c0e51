// Accounts made, locked and opened in the browser; passwords chosen by codes.
#include <catch2/catch.hpp>

#include "schema/commands/account.h"
#include "schema/read/courses.h"
#include "schema/read/family.h"
#include "schema/read/people.h"
#include "sync/web/one_time_code.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

struct Office {
  Office() : principal(desk.port()), specialist(desk.port()) {
    REQUIRE(principal.sign_in(desk.login_of(Role::principal), kPassword) == "/");
    REQUIRE(specialist.sign_in(desk.add_account(Role::technical_specialist), kPassword) == "/");
  }
  /// What the answer to a form of the page is.
  httplib::Result post(Browser& browser, const std::string& action, httplib::Params rest,
                       const std::string& page = "/accounts") {
    auto form = hidden_fields(browser.get(page)->body, action);
    for (const auto& [name, value] : rest) form.erase(name);
    form.merge(rest);
    return browser.post(action, form);
  }
  static std::string code_in(const std::string& slips, std::size_t number = 0) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= number * 2 + 1; ++i) at = slips.find("class=\"typed\">", at) + 14;
    return slips.substr(at, slips.find('<', at) - at);
  }
  std::string code_for(const std::string& login) {
    const auto answer = post(principal, "/accounts/code", {{"account", login}});
    REQUIRE(answer->status == 200);
    CHECK_THAT(answer->body, Catch::Contains("<b>https://127.0.0.1:" + std::to_string(desk.port()) +
                                             "/code</b>"));
    return code_in(answer->body);
  }
  int use(Browser& browser, const std::string& login, const std::string& code,
          const std::string& password) {
    return browser
        .post("/code",
              {{"login", login}, {"code", code}, {"password", password}, {"again", password}})
        ->status;
  }

  Desk desk;
  Browser principal, specialist;
};

}  // namespace

TEST_CASE_METHOD(Office, "a forgotten password is replaced by its owner with a code, once") {
  const auto login = desk.teacher().login;
  const auto code = code_for(login);
  CHECK_THAT(principal.get("/accounts")->body, Catch::Contains("выдан код"));
  Browser teacher(desk.port());
  CHECK(use(teacher, login, "aaaa-bbbb-cccc-dddd", "chosen by me") == 422);
  CHECK(use(teacher, login, code, "short") == 422);
  CHECK(use(teacher, login, code, "chosen by me") == 303);
  CHECK(teacher.sign_in(login, "chosen by me") == "/");
  CHECK(use(teacher, login, code, "chosen again") == 422);
  CHECK(teacher.sign_in(login, kPassword) == "/sign-in?failed");
}

TEST_CASE_METHOD(Office, "a code is over after a month, and after the next one is issued") {
  const auto login = desk.teacher().login;
  const auto first = code_for(login), second = code_for(login);
  Browser teacher(desk.port());
  CHECK(use(teacher, login, first, "chosen by me") == 422);
  desk.now.ms += 31LL * 24 * 3600 * 1000;
  CHECK(use(teacher, login, second, "chosen by me") == 422);
}

TEST_CASE_METHOD(Office, "codes that are guessed at bar the login there") {
  const auto login = desk.teacher().login;
  const auto code = code_for(login);
  Browser guesser(desk.port());
  for (int i = 0; i < 10; ++i) REQUIRE(use(guesser, login, "guess", "chosen by me") == 422);
  CHECK(guesser.post("/code", {{"login", login}, {"code", code}})->get_header_value("Location") ==
        "/code?barred");
}

TEST_CASE_METHOD(Office, "a new member of the staff begins with a code and has the role given") {
  const auto answer = post(principal, "/accounts",
                           {{"family_name", "Ёлкина"},
                            {"given_name", "Юлия"},
                            {"role", "subject_teacher"},
                            {"order", "12-к"}});
  REQUIRE(answer->status == 200);
  CHECK_THAT(answer->body, Catch::Contains("elkina.i") && Catch::Contains("Ёлкина Юлия"));
  CHECK(answer->get_header_value("Cache-Control") == "no-store");
  Browser novice(desk.port());
  CHECK(novice.sign_in("elkina.i", "-") == "/sign-in?failed");
  CHECK(use(novice, "elkina.i", code_in(answer->body), "chosen by me") == 303);
  CHECK(novice.sign_in("elkina.i", "chosen by me") == "/");
  CHECK(novice.get("/lesson")->status == 200);
  CHECK(novice.get("/accounts")->status == 403);
}

TEST_CASE_METHOD(Office, "a class's pupils get logins at once, whoever has one is left alone") {
  const auto school_class = desk.node().journal().read([&](sync::Database& database) {
    return journal::classes_of_year(database, 2025).front().id;
  });
  const auto page = "/accounts?class=" + std::to_string(school_class);
  const httplib::Params form{{"class", std::to_string(school_class)}};
  const auto slips = post(principal, "/accounts/class", form, page);
  REQUIRE(slips->status == 200);
  const auto login_at = slips->body.find("class=\"typed\">") + 14;
  const auto login = slips->body.substr(login_at, slips->body.find('<', login_at) - login_at);
  Browser pupil(desk.port());
  CHECK(use(pupil, login, code_in(slips->body), "chosen by me") == 303);
  CHECK(pupil.sign_in(login, "chosen by me") == "/");
  CHECK(pupil.get("/accounts")->status == 403);
  CHECK(post(principal, "/accounts/class", form, page)->status == 422);
}

TEST_CASE_METHOD(Office, "a stolen login is closed in one click, with its incident") {
  const auto login = desk.teacher().login;
  Browser thief(desk.port());
  REQUIRE(thief.sign_in(login, kPassword) == "/");
  const auto answer = post(principal, "/accounts/lock", {{"account", login}, {"stolen", "1"}});
  CHECK(answer->get_header_value("Location") == "/incidents");
  CHECK(thief.get("/")->get_header_value("Location") == "/sign-in");
  CHECK_THAT(principal.get("/incidents")->body, Catch::Contains(login));
  CHECK(post(principal, "/accounts/code", {{"account", login}})->status == 422);
  CHECK(post(principal, "/accounts/unlock", {{"account", login}})->status == 303);
  CHECK(thief.sign_in(login, kPassword) == "/");
}

TEST_CASE_METHOD(Office, "the specialist manages no account of the heads, and gives no such role") {
  const auto head = desk.login_of(Role::principal);
  CHECK(post(specialist, "/accounts/code", {{"account", head}})->status == 422);
  CHECK(post(specialist, "/accounts/lock", {{"account", head}})->status == 422);
  CHECK(post(specialist, "/accounts",
             {{"family_name", "А"}, {"given_name", "Б"}, {"role", "principal"}})
            ->status == 422);
  CHECK(post(specialist, "/accounts/code", {{"account", desk.teacher().login}})->status == 200);
  CHECK(principal.get("/")->status == 200);
}

TEST_CASE_METHOD(Office, "the own password is changed by who knows it, and ends other sessions") {
  const auto login = desk.teacher().login;
  Browser here(desk.port()), there(desk.port());
  REQUIRE(here.sign_in(login, kPassword) == "/");
  REQUIRE(there.sign_in(login, kPassword) == "/");
  const auto change = [&](const std::string& present, const std::string& password) {
    return here
        .post("/password", {{"present", present}, {"password", password}, {"again", password}})
        ->status;
  };
  CHECK(change("wrong", "chosen by me") == 422);
  CHECK(there.get("/")->status == 200);
  CHECK(change(kPassword, "chosen by me") == 303);
  CHECK(there.get("/")->get_header_value("Location") == "/sign-in");
  CHECK(there.sign_in(login, "chosen by me") == "/");
}

TEST_CASE_METHOD(Office,
                 "staff get codes for the region's site, and what is bound there is shown") {
  const auto person = desk.teacher().person;
  const std::string action = "/accounts/region-code";
  const auto answer = post(principal, action, {{"person", std::to_string(person)}});
  REQUIRE(answer->status == 200);
  const auto start = answer->body.find("class=\"typed\">") + 14;
  const auto code = answer->body.substr(start, answer->body.find('<', start) - start);
  desk.node().journal().read([&](sync::Database& database) {
    const auto access = journal::diary_access_by(database, web::hash_of_code(code).view());
    REQUIRE(access);
    CHECK(access->guardian == person);
  });
  CHECK(post(specialist, action, {{"person", "12345"}})->status == 422);
  // A child's diary can be read with one: the specialist gives it to staff alone.
  const auto pupil = std::to_string(desk.school().guardians().front().pupils.front());
  CHECK(post(specialist, action, {{"person", pupil}})->status == 422);
  CHECK(post(principal, action, {{"person", pupil}})->status == 200);
  CHECK(post(specialist, action, {{"person", std::to_string(person)}})->status == 200);
  CHECK_THAT(principal.get("/accounts")->body, !Catch::Contains("вход связан"));
  desk.node().journal().write([&](sync::Replica& replica) {
    replica.write(
        {{"test", "principal", 50, "x"}, kNow, {}, replica.seen()}, [&](sync::Command& command) {
          journal::bind_federal_identity(command, person, "https://esia.example/oidc", "1000");
        });
  });
  CHECK_THAT(principal.get("/accounts")->body, Catch::Contains("вход связан: esia.example<"));
}
