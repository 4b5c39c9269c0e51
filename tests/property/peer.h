// One replica of a random region: its file, its site, its keys, the pages that were read from it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sync/store/replica.h"
#include "tests/model/naive_over.h"

namespace zimnik::property {

/// What the replicas of a region have in common.
struct School {
  sync::SchoolId id;
  sync::SigningKey authority;
};

/// A site: the seed of its key, and its record.
struct SiteOfRegion {
  std::string seed;
  sync::SiteRecord record;

  sync::SiteId id() const { return record.keys.id(); }
  bool is_certified() const { return !record.signature.is_zero(); }
};
/// The n-th site of a region; the authority signs its record if it is certified.
SiteOfRegion make_site(const School& school, std::uint32_t number, sync::SiteKind kind,
                       bool certified);

/// A page that somebody has open.
struct Page {
  std::uint64_t id = 0;
  sync::Seen seen;
  std::uint32_t saves = 0;
};

/// The rows of one table as plain SQL reads them; by key.
using TableRows = std::map<sync::Key, std::vector<sync::Value>>;

struct Peer {
  std::string directory;  ///< its own; empty where the replica is in memory
  SiteOfRegion site;
  sync::Keyring keys;
  std::uint32_t schema_version = 0;
  std::unique_ptr<sync::Replica> replica;
  std::vector<Page> pages;

  void open(const School& school);
  bool has_file() const { return !directory.empty(); }
  sync::SiteId id() const { return site.id(); }
  sync::Schema schema() const;

  /// All leaves that can be read here, in the order in which they arrived.
  std::vector<model::Arrived> held() const;
  /// The names of all leaves, unreadable ones too.
  std::set<sync::Hash> names() const;
  /// The sites whose certified records it holds.
  std::map<sync::SiteId, sync::SiteKind> certified() const;
  /// The world that the replica's tables must be the fold of.
  model::World world() const;
};

TableRows read_rows(sync::Database& database, const sync::Table& table);

/// The number of columns of the groups before this one: where its values start in a row of a
/// table, behind the key.
std::size_t offset_of(const sync::Table& table, std::uint32_t group);

}  // namespace zimnik::property
