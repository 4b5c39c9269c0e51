#include "node/web/codes.h"

#include <catch2/catch.hpp>
#include <regex>

#include "schema/read/class_guardians.h"
#include "schema/read/courses.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"

using namespace zimnik;
using namespace zimnik::node::test;

namespace {

/// A class of which some guardian has no code yet.
std::int64_t class_without_codes(Desk& desk) {
  return desk.node().journal().read([&](sync::Database& database) -> std::int64_t {
    for (const auto& school_class : journal::classes_of_year(database, 2025)) {
      const auto guardians =
          journal::guardians_of_class(database, school_class.id, node::day_of(kNow));
      for (const auto& it : guardians) {
        if (!it.guardian.has_access) return school_class.id;
      }
    }
    throw std::logic_error("all have codes");
  });
}

std::vector<std::string> codes_in(const std::string& page) {
  static const std::regex kCode(R"re(<b class="secret">([a-z2-7-]+)</b>)re");
  std::vector<std::string> codes;
  for (std::sregex_iterator it(page.begin(), page.end(), kCode), end; it != end; ++it) {
    codes.push_back((*it)[1]);
  }
  return codes;
}

std::string without_dashes(std::string code) {
  std::erase(code, '-');
  return code;
}

httplib::Params filled(const std::string& page, const std::string& path) {
  auto form = hidden_fields(page, path);
  form.emplace("address", "https://diary.example");
  return form;
}

}  // namespace

TEST_CASE("codes are shown once, and their hashes alone are kept") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto school_class = class_without_codes(desk);
  const auto path = "/class/" + std::to_string(school_class) + "/codes";
  const auto form = filled(head.get(path)->body, path);
  const auto slips = head.post(path, form);
  REQUIRE(slips->status == 200);
  CHECK(slips->get_header_value("Cache-Control") == "no-store");
  CHECK_THAT(slips->body, Catch::Contains("diary.example"));
  const auto codes = codes_in(slips->body);
  REQUIRE_FALSE(codes.empty());
  for (const auto& code : codes) {
    const auto hash = sync::sha256({without_dashes(code)});
    CHECK(desk.node().journal().read([&](sync::Database& database) {
      return journal::diary_access_by(database, hash.view()).has_value();
    }));
  }
  CHECK(head.post(path, form)->status == 409);
  CHECK(head.post(path, filled(head.get(path)->body, path))->status == 422);  // all have one
  CHECK(codes_in(head.get(path)->body).empty());
}

TEST_CASE("new codes for all end the old ones") {
  Desk desk;
  Browser head(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto path = "/class/" + std::to_string(class_without_codes(desk)) + "/codes";
  const auto first = codes_in(head.post(path, filled(head.get(path)->body, path))->body);
  auto form = filled(head.get(path)->body, path);
  form.emplace("anew", "1");
  const auto second = codes_in(head.post(path, form)->body);
  CHECK(second.size() >= first.size());
  const auto old = sync::sha256({without_dashes(first.at(0))});
  CHECK_FALSE(desk.node().journal().read([&](sync::Database& database) {
    return journal::diary_access_by(database, old.view()).has_value();
  }));
}

TEST_CASE("codes need an address to print, and a class of one's own") {
  Desk desk;
  Browser head(desk.port()), teacher(desk.port());
  REQUIRE(head.sign_in(desk.login_of(journal::Role::principal), kPassword) == "/");
  const auto school_class = class_without_codes(desk);
  const auto path = "/class/" + std::to_string(school_class) + "/codes";
  const auto page = head.get(path)->body;
  CHECK(head.post(path, hidden_fields(page, path))->status == 422);
  CHECK(head.get("/class/1/codes")->status == 404);
  REQUIRE(teacher.sign_in(desk.add_account(journal::Role::class_teacher), kPassword) == "/");
  CHECK(teacher.get(path)->status == 404);
  const auto refused = teacher.post(path, filled(page, path));
  CHECK(refused->status == 422);
  CHECK(codes_in(refused->body).empty());
}
