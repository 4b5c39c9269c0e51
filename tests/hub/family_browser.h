// The browser of a family that has an account.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {

inline const std::string kFamilyPassword = "пароль подлиннее";

/// Somebody who has activated a code: the mother, where no other is given.
struct FamilyBrowser : Browser {
  explicit FamilyBrowser(SmallRegion& region, const std::string& code = kMotherCode,
                         const std::string& login = "mama")
      : Browser(region.hub.web_port()) {
    const auto page = post("/activate", {{"code", code},
                                         {"login", login},
                                         {"password", kFamilyPassword},
                                         {"again", kFamilyPassword}});
    INFO(page.body);
    REQUIRE(page.status == 303);
  }
};

}  // namespace zimnik::hub::test
