#include "sync/store/receipts.h"

#include <algorithm>

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// Times are others' numbers: a difference may not be one.
bool is_near(Time before, Time newer) {
  return before.ms > INT64_MAX - limits::kReceiptSpacingMs ||
         newer.ms < before.ms + limits::kReceiptSpacingMs;
}

}  // namespace

void Receipts::create_tables(Database& database) {
  database.execute(
      "CREATE TABLE IF NOT EXISTS zimnik_receipt (site BLOB NOT NULL, line INTEGER NOT NULL, size "
      "INTEGER NOT NULL, time INTEGER NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (site, line, "
      "size)) WITHOUT ROWID");
}

bool Receipts::is_hub(const SiteId& site) const {
  const auto record = judge_.record_of(site);
  return record && record->kind == SiteKind::hub;
}

void Receipts::issue(LineId id, Time now) {
  const auto& line = log_.line(id);
  if (kind_ != SiteKind::hub || line.log.site == site_) return;
  const auto last = issued(id, line.size());
  if (last && last->size == line.size()) return;
  Receipt receipt{site_, line.log, line.size(), line.tree.root(), now, {}};
  receipt.signature = key_.sign(receipt.signed_bytes());
  keep(id, receipt);
}

std::optional<BroughtReceipt> Receipts::issued(LineId id, std::uint64_t size) {
  if (kind_ != SiteKind::hub) return std::nullopt;
  for (auto most = size; id != 0;
       most = std::min(most, log_.line(id).fork), id = log_.line(id).parent) {
    auto& query = database_.prepared(
        "SELECT size, time, signature FROM zimnik_receipt WHERE site = ? AND line = ? AND "
        "size <= ? ORDER BY size DESC LIMIT 1");
    query.bind_blob(1, site_.view()).bind(2, std::int64_t{id});
    if (!query.bind(3, static_cast<std::int64_t>(most)).step()) {
      query.reset();
      continue;
    }
    BroughtReceipt receipt{log_.line(id).log,
                           static_cast<std::uint64_t>(query.integer(0)),
                           {},
                           Time{query.integer(1)},
                           Signature::from(query.blob(2))};
    query.reset();
    receipt.mark = mark_of(log_.hash_of(log_.arrival_of(id, receipt.size)));
    return receipt;
  }
  return std::nullopt;
}

void Receipts::take(const SiteId& peer, std::span<const BroughtReceipt> receipts) {
  if (receipts.empty()) return;
  if (!is_hub(peer)) throw Refused("receipts of " + peer.hex() + ", which isn't a certified hub");
  const auto key = judge_.keys_of(peer)->signing;
  for (const auto& brought : receipts) {
    const Arrival arrival = log_.find(
        brought.log, brought.size, [&](const Hash& hash) { return mark_of(hash) == brought.mark; });
    if (arrival == 0) continue;
    const auto line = log_.place_of(arrival).first;
    const Receipt receipt{peer,         brought.log,
                          brought.size, log_.tree_of(line, brought.size).root(),
                          brought.time, brought.signature};
    if (!receipt.is_signed_by(key)) {
      throw Refused(name_of(brought.log) + ": the receipt of size " + std::to_string(brought.size) +
                    " isn't signed by the hub over these leaves");
    }
    keep(line, receipt);
  }
}

void Receipts::keep(LineId line, const Receipt& receipt) {
  database_.prepared("INSERT OR IGNORE INTO zimnik_receipt VALUES (?, ?, ?, ?, ?)")
      .bind_blob(1, receipt.by.view())
      .bind(2, std::int64_t{line})
      .bind(3, static_cast<std::int64_t>(receipt.size))
      .bind(4, receipt.time.ms)
      .bind_blob(5, receipt.signature.view())
      .run();
  thin_out(line, receipt);
}

/// The one before the newer goes where the one before that is so near to the newer that what it
/// proves is proven nearly as well.
void Receipts::thin_out(LineId line, const Receipt& newer) {
  auto& query = database_.prepared(
      "SELECT size, time FROM zimnik_receipt WHERE site = ? AND line = ? AND size < ? "
      "ORDER BY size DESC LIMIT 2");
  query.bind_blob(1, newer.by.view()).bind(2, std::int64_t{line});
  query.bind(3, static_cast<std::int64_t>(newer.size));
  if (!query.step()) return;
  const auto last = query.integer(0);
  const bool has_before = query.step();
  const Time before{has_before ? query.integer(1) : 0};
  query.reset();
  if (!has_before || !is_near(before, newer.time)) return;
  database_.prepared("DELETE FROM zimnik_receipt WHERE site = ? AND line = ? AND size = ?")
      .bind_blob(1, newer.by.view())
      .bind(2, std::int64_t{line})
      .bind(3, last)
      .run();
}

Receipt Receipts::read(Statement& query, LineId line) {
  Receipt receipt{SiteId::from(query.blob(0)),
                  log_.line(line).log,
                  static_cast<std::uint64_t>(query.integer(1)),
                  {},
                  Time{query.integer(2)},
                  Signature::from(query.blob(3))};
  if (receipt.size > log_.line(line).size()) {
    throw Refused(name_of(receipt.log) + ": a receipt of " + std::to_string(receipt.size) +
                  " leaves, more than are held");
  }
  receipt.root = log_.tree_of(line, receipt.size).root();
  return receipt;
}

void Receipts::first_covering(LineId id, std::uint64_t seq,
                              const std::function<void(Statement&, LineId)>& use) {
  for (auto most = log_.line(id).size(); id != 0 && most >= seq;
       most = std::min(most, log_.line(id).fork), id = log_.line(id).parent) {
    auto query = database_.prepare(
        "SELECT site, size, time, signature FROM zimnik_receipt WHERE line = ? AND size BETWEEN ? "
        "AND ? ORDER BY size, time LIMIT 1");
    query.bind(1, std::int64_t{id}).bind(2, static_cast<std::int64_t>(seq));
    if (query.bind(3, static_cast<std::int64_t>(most)).step()) use(query, id);
  }
}

std::optional<Receipt> Receipts::covering(LineId id, std::uint64_t seq) {
  std::optional<Receipt> first;
  first_covering(id, seq, [&](Statement& row, LineId line) { first = read(row, line); });
  return first;
}

std::optional<Time> Receipts::time_of_intake(LineId id, std::uint64_t seq) {
  std::optional<Time> first;
  first_covering(id, seq, [&](Statement& row, LineId) { first = Time{row.integer(2)}; });
  return first;
}

std::vector<std::uint64_t> Receipts::covered(const std::set<SiteId>& hubs) {
  std::vector<std::uint64_t> covered(log_.lines().size());
  auto query =
      database_.prepare("SELECT site, line, max(size) FROM zimnik_receipt GROUP BY site, line");
  while (query.step()) {
    if (!hubs.contains(SiteId::from(query.blob(0)))) continue;
    auto& of_line = covered.at(static_cast<std::size_t>(query.integer(1)) - 1);
    of_line = std::max(of_line, static_cast<std::uint64_t>(query.integer(2)));
  }
  log_.spread(covered);
  return covered;
}

void Receipts::for_each(const std::function<void(const Receipt&)>& use) {
  auto query = database_.prepare("SELECT site, size, time, signature, line FROM zimnik_receipt");
  while (query.step()) use(read(query, static_cast<LineId>(query.integer(4))));
}

}  // namespace zimnik::sync
