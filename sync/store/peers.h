// What is known of peers, from exchange to exchange, as it lies in the database. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/core/session.h"
#include "sync/store/database.h"

namespace zimnik::sync {

class Peers {
 public:
  explicit Peers(Database& database) : database_(database) {}

  static void create_tables(Database& database);

  /// With a peer that was never met: an empty one.
  Session session(const SiteId& peer);
  void save(const SiteId& peer, const Session& session);
  /// Those with whom there was an exchange.
  std::vector<SiteId> met();

  /// Whether it reads notes, and so gets some: it said so, or sent some.
  bool reads_notes(const SiteId& peer);
  void note_reader(const SiteId& peer);
  /// The schema version that it said last.
  std::optional<std::uint32_t> schema(const SiteId& peer);
  void note_schema(const SiteId& peer, std::uint32_t version);

 private:
  Database& database_;
};

}  // namespace zimnik::sync
