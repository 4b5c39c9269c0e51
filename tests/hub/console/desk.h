// An operator's browser.
#pragma once

#include <catch2/catch.hpp>

#include "hub/deeds.h"
#include "tests/hub/browser.h"
#include "tests/hub/region.h"

namespace zimnik::hub::test {

inline const std::string kDeskPassword = "очень длинный пароль";

/// Somebody who has an account at the console, and chose a password with the code.
struct Desk : Browser {
  /// `schools` for an authority: by default one that was made for it.
  Desk(RunningHub& hub, const std::string& login, OperatorRole role,
       std::vector<std::string> schools = {})
      : Browser(hub.console_port()) {
    if (role == OperatorRole::authority && schools.empty()) {
      schools.push_back(hub.run({"school", "add", "Школа " + login}));
    }
    const auto code = add_operator(*hub, kCommandLine, {login, role, schools});
    const auto page =
        post("/code", {{"code", code}, {"password", kDeskPassword}, {"again", kDeskPassword}});
    INFO(page.body);
    REQUIRE(page.status == 303);
  }
};

}  // namespace zimnik::hub::test
