// Where this node is at home, and how far others may have its logs: what lies outside the database,
// in home.json, and so tells whether the database is still the one that it was. Never in a backup.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "node/data_folder.h"
#include "schema/succession.h"
#include "sync/core/frontier.h"
#include "sync/net/enrolment.h"

namespace zimnik::node {

/// A machine, and the file of the journal on it.
struct Place {
  std::string machine;  ///< /etc/machine-id; empty where it has none
  std::uint64_t filesystem =
      0;  ///< its own number where it has one: a device's may change at a start
  std::uint64_t inode = 0;

  /// Of the journal's file as it is now. REQUIRES: it is there.
  static Place of(const DataFolder& folder);
  /// Whether it may be the same. A machine without an id is any.
  bool is(const Place& other) const;
};

/// How a node came to write as its site.
struct WentOn {
  sync::SiteId from;
  sync::Time at;
  journal::SuccessionReason reason = journal::SuccessionReason::restored;
};

struct Home {
  Place place;
  sync::SiteId site;  ///< that the node writes as
  sync::Frontier
      marks;  ///< the ends of its logs when something was last sent: others may hold them
  std::optional<WentOn> went_on;
  /// What the region said when it certified the site: a node.json that was put back may be older.
  std::optional<net::EnrolmentReply> enrolment{};

  /// Nothing where there is none, or it can't be read: then the folder isn't known.
  static std::optional<Home> load(const DataFolder& folder);
  /// Whole or not at all, durable when it returns. Throws std::system_error.
  void save(const DataFolder& folder) const;
};

/// The ends of a site's logs.
sync::Frontier own_tips(const sync::Frontier& frontier, const sync::SiteId& site);

}  // namespace zimnik::node
