#include "sync/store/peers.h"

namespace zimnik::sync {

void Peers::create_tables(Database& database) {
  database.execute(R"(
    CREATE TABLE IF NOT EXISTS zimnik_peer (site BLOB PRIMARY KEY, session BLOB NOT NULL)
      WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS zimnik_reader (site BLOB PRIMARY KEY, schema INTEGER)
      WITHOUT ROWID)");
}

Session Peers::session(const SiteId& peer) {
  auto& query = database_.prepared("SELECT session FROM zimnik_peer WHERE site = ?");
  if (!query.bind_blob(1, peer.view()).step()) return {};
  auto session = Session::load(query.blob(0));
  query.reset();
  return session;
}

void Peers::save(const SiteId& peer, const Session& session) {
  const auto bytes = session.save();
  database_.prepared("INSERT OR REPLACE INTO zimnik_peer VALUES (?, ?)")
      .bind_blob(1, peer.view())
      .bind_blob(2, bytes)
      .run();
}

std::vector<SiteId> Peers::met() {
  std::vector<SiteId> peers;
  auto query = database_.prepare("SELECT site FROM zimnik_peer");
  while (query.step()) peers.push_back(SiteId::from(query.blob(0)));
  return peers;
}

bool Peers::reads_notes(const SiteId& peer) {
  auto& query = database_.prepared("SELECT 1 FROM zimnik_reader WHERE site = ?");
  const bool reads = query.bind_blob(1, peer.view()).step();
  query.reset();
  return reads;
}

void Peers::note_reader(const SiteId& peer) {
  if (reads_notes(peer)) return;
  database_.prepared("INSERT INTO zimnik_reader VALUES (?, NULL)").bind_blob(1, peer.view()).run();
}

std::optional<std::uint32_t> Peers::schema(const SiteId& peer) {
  auto& query =
      database_.prepared("SELECT schema FROM zimnik_reader WHERE site = ? AND schema NOT NULL");
  std::optional<std::uint32_t> version;
  if (query.bind_blob(1, peer.view()).step()) {
    version = static_cast<std::uint32_t>(query.integer(0));
  }
  query.reset();
  return version;
}

void Peers::note_schema(const SiteId& peer, std::uint32_t version) {
  if (schema(peer) == version) return;
  database_.prepared("INSERT OR REPLACE INTO zimnik_reader VALUES (?, ?)")
      .bind_blob(1, peer.view())
      .bind(2, std::int64_t{version})
      .run();
}

}  // namespace zimnik::sync
