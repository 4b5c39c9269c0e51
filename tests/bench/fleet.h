// Replicas of one made-up school, with keys made from their names: the same in every run.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sync/store/replica.h"

namespace zimnik::bench {

struct ExchangeCost {
  std::uint64_t bytes_there = 0;  ///< from the one that spoke first
  std::uint64_t bytes_back = 0;
  double receive_seconds = 0;  ///< spent by the other in taking what it got
};

/// Bytes of a message between two who stand side by side.
inline constexpr std::size_t kWholeBudget = 8 * 1024 * 1024;

class Fleet {
 public:
  /// The ids of sites are in the order of their names: latest() then breaks ties by name.
  /// All hold the same keys. REQUIRES: at most 16 names.
  Fleet(std::vector<std::string> names, sync::Schema schema, sync::Keyring keyring = {});

  /// Makes a replica for a site, in a file or ":memory:".
  std::unique_ptr<sync::Replica> open(const std::string& name, const std::string& path) const;
  sync::SiteId id(const std::string& name) const { return sites_.at(name).keys.id(); }
  const std::string& name(const sync::SiteId& id) const { return names_.at(id); }

  /// A whole exchange: until both hold the same. Throws std::runtime_error where it doesn't end.
  ExchangeCost exchange(sync::Replica& one, const std::string& one_name, sync::Replica& other,
                        const std::string& other_name, sync::Time now,
                        std::size_t budget = kWholeBudget) const;

 private:
  sync::Schema schema_;
  sync::Keyring keyring_;
  std::string authority_seed_;
  sync::SchoolId school_;
  std::map<std::string, sync::SiteRecord> sites_;
  std::map<std::string, std::string> seeds_;
  std::map<sync::SiteId, std::string> names_;
};

}  // namespace zimnik::bench
