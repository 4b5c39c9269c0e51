#include "node/home.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sync/core/encoding.h"
#include "sync/net/private_file.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

constexpr std::size_t kFileBytes = 4 * 1024 * 1024;

template <class Fixed>
Fixed fixed(const json& value) {
  const auto bytes = sync::from_hex(value.get<std::string>());
  if (!bytes || bytes->size() != Fixed::kSize) throw std::runtime_error("isn't a name");
  return Fixed::from(*bytes);
}

json to_json(const sync::Tip& tip) {
  return {
      {"stream", static_cast<int>(tip.log.stream)}, {"size", tip.size}, {"leaf", tip.leaf.hex()}};
}

sync::Tip tip_of(const sync::SiteId& site, const json& object) {
  const auto stream = static_cast<sync::Stream>(object.at("stream").get<int>());
  return {
      {site, stream}, object.at("size").get<std::uint64_t>(), fixed<sync::Hash>(object.at("leaf"))};
}

Home home_of(const json& object) {
  Home home;
  home.place = {object.at("machine").get<std::string>(),
                object.at("filesystem").get<std::uint64_t>(),
                object.at("inode").get<std::uint64_t>()};
  home.site = fixed<sync::SiteId>(object.at("site"));
  for (const auto& mark : object.at("marks")) home.marks.push_back(tip_of(home.site, mark));
  if (const auto went = object.find("went_on"); went != object.end()) {
    const auto reason = journal::succession_reason(went->at("reason").get<std::string>());
    home.went_on = {fixed<sync::SiteId>(went->at("from")),
                    {went->at("at").get<std::int64_t>()},
                    reason.value_or(journal::SuccessionReason::restored)};
  }
  if (const auto enrolment = object.find("enrolment"); enrolment != object.end()) {
    home.enrolment = net::decode_enrolment_reply(enrolment->dump());
  }
  return home;
}

}  // namespace

Place Place::of(const DataFolder& folder) {
  Place place;
  std::ifstream("/etc/machine-id") >> place.machine;
  struct stat file {};
  struct statvfs system {};
  if (::stat(folder.journal().c_str(), &file) != 0 ||
      ::statvfs(folder.journal().c_str(), &system) != 0) {
    throw std::system_error(errno, std::generic_category(), folder.journal());
  }
  place.filesystem = system.f_fsid;
  place.inode = file.st_ino;
  return place;
}

bool Place::is(const Place& other) const {
  const bool is_other_machine =
      !machine.empty() && !other.machine.empty() && machine != other.machine;
  return !is_other_machine && filesystem == other.filesystem && inode == other.inode;
}

std::optional<Home> Home::load(const DataFolder& folder) {
  try {
    return home_of(json::parse(net::read_file(folder.home(), kFileBytes)));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void Home::save(const DataFolder& folder) const {
  json object{{"machine", place.machine},
              {"filesystem", place.filesystem},
              {"inode", place.inode},
              {"site", site.hex()},
              {"marks", json::array()}};
  for (const auto& mark : marks) object["marks"].push_back(to_json(mark));
  if (went_on) {
    object["went_on"] = {{"from", went_on->from.hex()},
                         {"at", went_on->at.ms},
                         {"reason", journal::word_of(went_on->reason)}};
  }
  if (enrolment) object["enrolment"] = json::parse(net::encode(*enrolment));
  net::write_private_file(folder.home(), object.dump(1) + "\n");
}

sync::Frontier own_tips(const sync::Frontier& frontier, const sync::SiteId& site) {
  sync::Frontier own;
  std::copy_if(frontier.begin(), frontier.end(), std::back_inserter(own),
               [&](const sync::Tip& tip) { return tip.log.site == site; });
  return own;
}

}  // namespace zimnik::node
