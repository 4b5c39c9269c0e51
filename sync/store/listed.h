// What a replica lists for people, and what it tells of its past.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/policy.h"
#include "sync/core/proof.h"
#include "sync/core/row.h"
#include "sync/core/site.h"
#include "sync/core/transaction.h"

namespace zimnik::sync {

/// One version of a cell, with what became of it.
struct HistoryItem {
  std::uint64_t arrival;
  Status status;
  Op op;
  std::vector<Value> values;  ///< as they can be read here
  Origin origin;
  Stamp stamp;
};

/// A row's history, to be checked off line.
struct RowProof {
  Proof proof;
  /// By arrival: versions of it that no signature covers yet that leads to the authority.
  std::vector<std::uint64_t> unproven;
};

/// A row or cell that people should look at.
struct Listed {
  /// Persisted: do not change.
  enum class Reason : std::uint8_t { conflict = 1, deleted_but_edited = 2, orphaned = 3 };
  std::uint32_t table;
  Key key;
  std::uint32_t group;  ///< 0 where it is about the row
  Reason reason;
  bool operator==(const Listed&) const = default;
};

/// An act that is held, and what it comes to.
struct ListedAct {
  Hash name;
  std::uint64_t arrival = 0;
  SiteId site;  ///< that it was written at
  Origin origin;
  Time time;
  Act act;
  bool in_force = false;
  /// Acts in force. None where it is in force itself, or never could be: its rank is too low.
  std::vector<Hash> undone_by;
};

/// What people should look at after an act: it isn't void, and may be what the act was about.
struct ActReview {
  /// A version that isn't void and was written directly over one that the act makes void: void
  /// content may live on in it.
  struct OverVoid {
    std::uint64_t arrival;
    std::uint32_t table;
    Key key;
    std::uint32_t group;
    bool operator==(const OverVoid&) const = default;
  };
  bool in_force = false;
  /// Of a voided account: what it wrote before the act's moment by its own account of time, and
  /// what the act's author didn't hold. By arrival.
  std::vector<std::uint64_t> unseen;
  std::vector<OverVoid> over_void;  ///< heads of their cells, tombstones too; by arrival
};

/// What is kept and passed on, and not shown: a newer version wrote it.
struct Unfolded {
  std::uint32_t table = 0;  ///< 0: leaves that can't be read here at all
  std::uint32_t group = 0;  ///< 0: all of the table
  auto operator<=>(const Unfolded&) const = default;
};

/// A site of the school, as this replica knows it. One that another vouches for has no signature.
struct ListedSite {
  SiteRecord record;
  bool revoked = false;  ///< by an act in force, or with those that vouched for it
};

/// How many leaves lie where, as far as is known: each is counted once, at the first that fits.
/// Sites that are revoked count for nobody.
struct Copies {
  std::uint64_t receipted = 0;  ///< at the region, which has countersigned them
  std::uint64_t region = 0;     ///< at the region, without its word
  std::uint64_t siblings = 0;   ///< at the school's other sites alone
  std::uint64_t none = 0;       ///< here alone: lost with this machine
  /// Of all these, how many no head covers that their site signed, while this replica doesn't write
  /// as that site: nobody else can take them, unless the site itself comes with them.
  std::uint64_t unprovable = 0;
  bool operator==(const Copies&) const = default;
};

/// Whether the region has a transaction, as far as exchanges have shown.
struct AtRegion {
  bool is_there = false;
  std::optional<Time> since{};  ///< by the first receipt of it that is kept; nothing without one
  bool operator==(const AtRegion&) const = default;
};

/// A site with which there were exchanges, as far as it is known here.
struct PeerStanding {
  SiteId site;
  SiteKind kind = SiteKind::node;
  bool revoked = false;
  std::uint64_t lacking = 0;            ///< leaves held here that it isn't known to hold
  std::optional<std::uint32_t> schema;  ///< its version; nothing where it doesn't say
};

/// A site goes on as another, by its own word.
struct ListedSuccession {
  SiteId from, to;
  Time time;      ///< when it vouched for the other
  Origin origin;  ///< by whom, and in what role
};

/// Something odd about a leaf, seen here; not part of the state.
struct Flag {
  /// Persisted: do not change.
  enum class Reason : std::uint8_t {
    clock = 1,  ///< its time is well after this replica's, or before that of the leaf before it
    over = 2,   ///< it overwrites what is no version of the same cell
  };
  std::uint64_t arrival;
  Reason reason;
};

}  // namespace zimnik::sync
