#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "hub/federal/provider.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

struct Settings {
  net::test::Folder folder;
  std::string path = folder.file("federal.json");

  std::optional<FederalSettings> load(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return FederalSettings::load(path);
  }
};

const std::string kGood = R"({"issuer": "https://id.example", "client": "diary", "secret": "s",
  "name": "Госуслуги", "address": "https://diary.example/"})";

std::string with(const std::string& old, const std::string& other) {
  auto text = kGood;
  return text.replace(text.find(old), old.size(), other);
}

}  // namespace

TEST_CASE_METHOD(Settings, "a provider is set up by a file, and by none there is none") {
  CHECK_FALSE(FederalSettings::load(path));
  const auto settings = load(kGood);
  REQUIRE(settings);
  CHECK(settings->name == "Госуслуги");
  CHECK(settings->return_address() == "https://diary.example/federal/return");
}

TEST_CASE_METHOD(Settings,
                 "a file that others may read, or that doesn't hold, is named and refused") {
  CHECK_THROWS_WITH(load(kGood, 0640), Catch::Contains("federal.json") && Catch::Contains("600"));
  for (const auto& text : {std::string(), std::string("[]"), with("https://id", "http://id"),
                           with("https://diary", "ftp://diary"), with(R"("diary")", "17"),
                           with(R"("s")", R"("")"), with(R"("name")", R"("title")")}) {
    INFO(text);
    CHECK_THROWS_WITH(load(text), Catch::Contains("federal.json"));
  }
}

}  // namespace zimnik::hub::test
