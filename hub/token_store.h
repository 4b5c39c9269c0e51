// Tokens with which sites enrol, in hub.db: by their hashes (net::hash_of()), never themselves. A
// token that waits for an administrator lets nobody in. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"
#include "sync/core/site.h"

namespace zimnik::hub {

/// A token, and what it is for.
struct TokenEntry {
  sync::Hash hash;
  sync::SchoolId school;
  std::string name;  ///< the site's, for people; may be empty
  sync::SiteKind kind = sync::SiteKind::node;
  sync::Time expires;
  std::string made_by{};                  ///< as Deed::actor; empty where that isn't known
  std::optional<sync::Time> confirmed{};  ///< nothing while it waits for an administrator

  /// What people tell it by.
  std::string number() const { return hash.hex().substr(0, 8); }
};

class TokenStore {
 public:
  explicit TokenStore(HubDatabase& database) : database_(database) {}

  /// False where its maker's account is locked: then there is none.
  bool add(const TokenEntry& token);
  /// Nothing where there is none.
  std::optional<TokenEntry> find(const sync::Hash& hash);
  /// Uses it up for this site. False where it has expired, isn't confirmed or another site used it;
  /// the same site may use it again.
  bool use(const sync::Hash& hash, const sync::SiteId& site, sync::Time now);
  /// Those of a school that could still be used, or may once they are confirmed; by their ends.
  std::vector<TokenEntry> unused(const sync::SchoolId& school, sync::Time now);
  /// The same of all schools, by who made them.
  std::vector<TokenEntry> unused_by(const std::string& maker, sync::Time now);
  /// False where there is none that is unused and not confirmed yet.
  bool confirm(const sync::Hash& hash, sync::Time now);
  /// False where there is none, or it was used.
  bool drop(const sync::Hash& hash);
  void drop_unused();

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
