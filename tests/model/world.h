// A set of leaves, and what else a journal is a function of: the schema, the sites known, the
// keys at hand. What the naive model of the merge laws works on; no promise about speed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sync/core/act.h"
#include "sync/core/ids.h"
#include "sync/core/schema.h"
#include "sync/core/transaction.h"
#include "sync/core/value.h"

namespace zimnik::model {

/// One transaction of the set, with its name and its place.
struct Leaf {
  sync::Hash name;
  sync::LogId log;
  std::uint64_t seq = 0;
  sync::Transaction transaction;
  sync::Hash previous = {};  ///< the leaf before it in its log
};

/// The four policies of law 5, said anew: the model doesn't call the engine's.
enum class PolicyKind : std::uint8_t { latest, authority, revocation_wins, value_beats_clear };

struct PolicyRule {
  PolicyKind kind = PolicyKind::latest;
  std::function<std::int64_t(std::span<const sync::Value>)> basis = {};  ///< of authority
  std::function<bool(std::span<const sync::Value>)> refusal = {};        ///< of revocation_wins
};

/// Where a personal value stands.
struct ColumnPlace {
  std::uint32_t table;
  const sync::Key& key;
  std::uint32_t group;
  std::uint32_t column;  ///< index in the group
};

/// Table, then group.
using GroupId = std::pair<std::uint32_t, std::uint32_t>;

struct World {
  std::vector<Leaf> leaves;                     ///< each name once; in any order
  sync::Schema schema;                          ///< its policies aren't used
  std::map<GroupId, PolicyRule> policies = {};  ///< `latest` where there is none
  std::map<sync::SiteId, sync::KnownSite> sites = {};
  /// What a cipher says, or nothing where its key is missing. Absent: every key is missing.
  std::function<std::optional<sync::Value>(const ColumnPlace&, const sync::Cipher&)> open = {};
};

}  // namespace zimnik::model
