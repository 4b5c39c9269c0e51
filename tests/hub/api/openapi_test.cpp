// The document of the API against what is served and given. What answers look like is checked
// against it by a running hub in tests/journey/api_test.py.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "hub/api/api_site.h"
#include "hub/files.h"

namespace zimnik::hub::test {
namespace {

using nlohmann::json;

json document() {
  const auto* file = web::find(files(), "api/openapi.json");
  REQUIRE(file != nullptr);
  return json::parse(file->bytes);
}

/// What a path's parameters are called.
std::set<std::string> parameters_of(const json& all, const std::string& path) {
  std::set<std::string> names;
  for (const auto& it : all["paths"][path]["get"]["parameters"]) {
    const auto pointer = it["$ref"].get<std::string>().substr(1);
    names.insert(all[json::json_pointer(pointer)]["name"].get<std::string>());
  }
  return names;
}

std::set<std::string> span_of(const ApiResource& resource) {
  std::set<std::string> names = {"school", "limit", "cursor", "If-None-Match"};
  if (resource.span == ApiSpan::year) names.insert("year");
  if (resource.span == ApiSpan::days) names.insert({"from", "to"});
  return names;
}

}  // namespace

TEST_CASE("what is served is documented, and what is documented is served") {
  const auto all = document();
  std::set<std::string> documented;
  for (const auto& [path, operations] : all["paths"].items()) {
    documented.insert(path);
    CHECK(operations.size() == 1);
    CHECK(operations.contains("get"));
  }
  const auto served = ApiSite::paths();
  CHECK(documented == std::set<std::string>(served.begin(), served.end()));
}

TEST_CASE("each resource is documented with its scope, parameters and fields") {
  const auto all = document();
  for (const auto& resource : api_resources()) {
    INFO(resource.name);
    const auto path = std::string("/api/v1/schools/{school}/") + resource.name;
    const auto& get = all["paths"][path]["get"];
    CHECK(get["description"] == "Scope: `" + std::string(word_of(resource.scope)) + "`.");
    CHECK(parameters_of(all, path) == span_of(resource));
    const auto page =
        get["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].get<std::string>();
    const auto item =
        all[json::json_pointer(page.substr(1))]["properties"]["items"]["items"]["$ref"]
            .get<std::string>();
    std::set<std::string> documented, given;
    const auto& schema = all[json::json_pointer(item.substr(1))];
    for (const auto& [name, field] : schema["properties"].items()) {
      documented.insert(name);
    }
    for (const auto& field : resource.fields) given.insert(field.name);
    if (resource.says_is_shared) given.insert("journal_is_shared");
    CHECK(documented == given);
  }
}

}  // namespace zimnik::hub::test
