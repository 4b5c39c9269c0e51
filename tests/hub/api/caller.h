// Another system that reads the API.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {

struct Caller : Browser {
  Caller(RunningHub& hub, const std::string& key) : Browser(hub.web_port()) {
    headers = "Authorization: Bearer " + key + "\r\n";
  }

  /// REQUIRES: it answers with 200.
  nlohmann::json json(const std::string& path) {
    const auto page = get(path);
    INFO(path << ": " << page.status << " " << page.body);
    REQUIRE(page.status == 200);
    return nlohmann::json::parse(page.body);
  }
};

/// A key as the command prints it.
inline std::string new_key(RunningHub& hub, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {"api-key", "add", "Дневник"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return hub.run(arguments);
}

inline const std::vector<std::string> kAllScopes = {
    "--scopes", "structure", "names", "journal", "finals", "oneroster", "--all-schools"};

}  // namespace zimnik::hub::test
