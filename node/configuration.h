// What a node was told when it was set up, in node.json. Written by `enroll` and `sibling`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/data_folder.h"
#include "sync/net/enrolment.h"

namespace zimnik::node {

/// A node of the same school on the school's own network.
struct Sibling {
  std::string url;  ///< https://host:port
  sync::SiteId site;
  bool operator==(const Sibling&) const = default;
};

/// Nothing where these aren't 32 hexadecimal digits.
std::optional<sync::SiteId> site_from_hex(const std::string& hex);

struct Configuration {
  std::string name;               ///< of this site, for people
  std::string hub;                ///< https://host:port
  net::EnrolmentReply enrolment;  ///< what the hub gave: certificates and records
  std::vector<Sibling> siblings;
  /// There is a home.json: where it is missing, the folder was put together from a backup.
  bool has_home = false;
  /// The site that this one was, where it lost that one's key and isn't enrolled again yet.
  std::optional<sync::SiteId> former{};

  /// Whether the region has certified this site.
  bool is_certified() const { return !enrolment.record.signature.is_zero(); }
  const sync::SchoolId& school() const { return enrolment.record.school; }
  /// The hub's site in this school: of several hubs' records the first, since a hub that took an
  /// earlier one's place is put before it. Throws std::runtime_error where the records name none.
  sync::SiteId hub_site() const;

  /// The hub's site is this one from now on.
  void follow(const sync::SiteRecord& next);

  /// Nothing where this node isn't enrolled yet. Throws std::runtime_error where the file doesn't
  /// hold.
  static std::optional<Configuration> load(const DataFolder& folder);
  /// Whole or not at all.
  void save(const DataFolder& folder) const;
};

}  // namespace zimnik::node
