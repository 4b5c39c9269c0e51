#include "node/configuration.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/net/private_file.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

constexpr std::size_t kFileBytes = 4 * 1024 * 1024;

}  // namespace

sync::SiteId Configuration::hub_site() const {
  for (const auto& record : enrolment.records) {
    if (record.kind == sync::SiteKind::hub) return record.keys.id();
  }
  throw std::runtime_error("node.json: no hub is among the records");
}

void Configuration::follow(const sync::SiteRecord& next) {
  std::erase(enrolment.records, next);
  enrolment.records.insert(enrolment.records.begin(), next);
}

std::optional<sync::SiteId> site_from_hex(const std::string& hex) {
  const auto bytes = sync::from_hex(hex);
  if (!bytes || bytes->size() != sync::SiteId::kSize) return std::nullopt;
  return sync::SiteId::from(*bytes);
}

std::optional<Configuration> Configuration::load(const DataFolder& folder) {
  const auto path = folder.configuration();
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    const auto object = json::parse(net::read_file(path, kFileBytes));
    Configuration configuration{object.at("name").get<std::string>(),
                                object.at("hub").get<std::string>(),
                                net::decode_enrolment_reply(object.at("enrolment").dump()),
                                {},
                                false,
                                {}};
    for (const auto& sibling : object.value("siblings", json::array())) {
      const auto site = site_from_hex(sibling.at("site").get<std::string>());
      if (!site) throw std::runtime_error("site: isn't an id");
      configuration.siblings.push_back({sibling.at("url").get<std::string>(), *site});
    }
    if (object.contains("former")) {
      configuration.former = site_from_hex(object.at("former").get<std::string>());
    }
    configuration.has_home = object.value("home", false);
    return configuration;
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

void Configuration::save(const DataFolder& folder) const {
  json object{{"name", name}, {"hub", hub}, {"enrolment", json::parse(net::encode(enrolment))}};
  if (former) object["former"] = former->hex();
  object["home"] = has_home;
  object["siblings"] = json::array();
  for (const auto& sibling : siblings) {
    object["siblings"].push_back({{"url", sibling.url}, {"site", sibling.site.hex()}});
  }
  net::write_private_file(folder.configuration(), object.dump(1) + "\n");
}

}  // namespace zimnik::node
