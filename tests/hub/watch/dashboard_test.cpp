// The dashboard and the alerts ask for series that the hub has.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

#include "tests/hub/browser.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {
namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(ZIMNIK_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> names_in(const std::string& text) {
  static const std::regex kName("\\b(zimnik_hub|process)_[a-z_]+");
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), kName), end; it != end; ++it) {
    names.insert(it->str());
  }
  return names;
}

}  // namespace

TEST_CASE("the dashboard and the alerts ask for no series that the hub doesn't have") {
  SmallRegion region;
  Browser(region.hub.web_port()).get("/");
  const auto metrics = [&] { return Browser(region.hub.console_port()).get("/metrics").body; };
  for (int i = 0; i < 100 && metrics().find("zimnik_hub_school_forks{") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  const auto there = names_in(metrics());
  std::string asked;
  const auto dashboard =
      nlohmann::json::parse(file_text("packaging/hub/zimnik-hub.dashboard.json"));
  for (const auto& panel : dashboard.at("panels")) {
    for (const auto& target : panel.at("targets")) {
      asked += target.at("expr").get<std::string>() + "\n";
    }
  }
  std::istringstream rules(file_text("packaging/hub/zimnik-hub.rules.yml"));
  for (std::string line; std::getline(rules, line);) {
    if (!line.starts_with("#")) asked += line + "\n";
  }
  const auto names = names_in(asked);
  CHECK(names.size() > 12);
  for (const auto& name : names) {
    INFO(name);
    CHECK(there.contains(name));
  }
}

}  // namespace zimnik::hub::test
