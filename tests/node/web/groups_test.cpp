#include "node/web/groups.h"

#include <catch2/catch.hpp>

#include "schema/read/groups.h"
#include "tests/node/desk.h"
#include "tests/node/forms.h"
#include "tests/node/own_class.h"

using namespace zimnik;
using namespace zimnik::node::test;
using journal::Role;

namespace {

/// A technical specialist's browser, and a class.
struct Office {
  Desk desk;
  OwnClass found = own_class(desk);
  Browser browser{desk.port()};
  Office() {
    REQUIRE(browser.sign_in(desk.add_account(Role::technical_specialist), kPassword) == "/");
  }

  httplib::Result post(const std::string& page, const std::string& action,
                       const httplib::Params& added) {
    auto form = hidden_fields(browser.get(page)->body, action);
    form.insert(added.begin(), added.end());
    return browser.post(action, form);
  }
  /// Where the new group has its page.
  std::string add(const httplib::Params& group) {
    return post("/groups", "/groups", group)->get_header_value("Location");
  }
};

std::string text(std::int64_t id) { return std::to_string(id); }

}  // namespace

TEST_CASE("R36: a subgroup is made, pupils of its class join and leave it by days") {
  Office office;
  const auto group = office.add(
      {{"name", "Шахматы"}, {"kind", "subgroup"}, {"school_class", text(office.found.own)}});
  REQUIRE(group.starts_with("/groups/"));
  CHECK_THAT(office.browser.get("/groups")->body,
             Catch::Contains("href=\"" + group) && Catch::Contains("журнала нет"));
  CHECK(office.post(group, group + "/join", {{"since", "2025-10-01"}})->status == 422);
  CHECK(office
            .post(group, group + "/join",
                  {{"since", "2025-09-22"}, {"pupil", text(office.found.pupil)}})
            ->status == 303);
  CHECK_THAT(office.browser.get(group)->body,
             Catch::Contains("22.09.2025") && Catch::Contains(group + "/leave"));
  CHECK(office.post(group, group + "/leave", {{"last_day", "2025-09-30"}})->status == 303);
  CHECK_THAT(office.browser.get(group)->body,
             !Catch::Contains(group + "/leave") && Catch::Contains("22.09.2025 – 30.09.2025"));
}

TEST_CASE("a stream takes pupils of several classes, a subgroup of its own alone") {
  Office office;
  const auto stream = office.add({{"name", "Хор"}, {"kind", "stream"}, {"school_class", ""}});
  for (const auto& [school_class, pupil] : {std::pair(office.found.own, office.found.pupil),
                                            std::pair(office.found.other, office.found.foreign)}) {
    CHECK(office
              .post(stream + "?class=" + text(school_class), stream + "/join",
                    {{"since", "2025-10-01"}, {"pupil", text(pupil)}})
              ->status == 303);
  }
  const auto subgroup = office.add(
      {{"name", "Шахматы"}, {"kind", "subgroup"}, {"school_class", text(office.found.own)}});
  CHECK(office
            .post(subgroup, subgroup + "/join",
                  {{"since", "2025-10-01"}, {"pupil", text(office.found.foreign)}})
            ->status == 422);
}

TEST_CASE("a subgroup without a class is refused, a group may be renamed") {
  Office office;
  CHECK(office.post("/groups", "/groups", {{"name", "Хор"}, {"kind", "subgroup"}})->status == 422);
  const auto stream = office.add({{"name", "Хор"}, {"kind", "stream"}});
  CHECK(office.post(stream, stream + "/name", {{"name", "Старший хор"}})->status == 303);
  CHECK_THAT(office.browser.get(stream)->body,
             Catch::Contains("Старший хор") && Catch::Contains("поток"));
}
