// Verification: every leaf, hash, signature and table cell, from the log alone.
#include <algorithm>

#include "sync/store/replica_impl.h"

namespace zimnik::sync {
namespace {

using Findings = std::vector<std::string>;

/// Reads every leaf and checks that it is what its hash and its place say.
void check_leaves(Log& log, Findings& findings) {
  for (Arrival arrival = 1; arrival <= log.last_arrival(); ++arrival) try {
      const auto& leaf = log.leaf(arrival);
      const std::string where = name_of(log.line(leaf.line).log) + ", seq " +
                                std::to_string(leaf.seq) + " (arrival " + std::to_string(arrival) +
                                "): ";
      if (leaf_hash(leaf.bytes) != leaf.hash) findings.push_back(where + "the leaf has changed");
      std::string_view rest;
      const auto place = read_leaf_header(leaf.bytes, rest).place;
      const auto before = log.arrival_of(leaf.line, leaf.seq - 1);
      const Hash previous = before == 0 ? Hash{} : log.hash_of(before);
      if (place.log != log.line(leaf.line).log || place.seq != leaf.seq ||
          place.previous != previous) {
        findings.push_back(where + "the leaf isn't in its place");
      }
    } catch (const std::exception& error) {
      findings.push_back("arrival " + std::to_string(arrival) + ": " + error.what());
      if (findings.size() > 1000) return;
    }
}

/// Checks that each line is as long as its site said, and that the site said it. `own` are the keys
/// of the replica's own site, that may not be certified yet.
void check_heads(Log& log, const Judge& judge, const HeadSigner& signer, const SiteKeys& own,
                 Findings& findings) {
  for (const auto& line : log.lines()) try {
      const auto covered = line.head ? line.head->size : 0;
      if (covered < line.size() && !signer.is_own(line)) {
        findings.push_back(name_of(line.log) + ": no head that its site signed covers the last " +
                           std::to_string(line.size() - covered) + " leaves");
      }
      if (!line.head) continue;
      const auto& head = *line.head;
      const auto* keys = line.log.site == own.id() ? &own : judge.keys_of(line.log.site);
      if (keys == nullptr) {
        findings.push_back(name_of(line.log) +
                           ": its site isn't known, so its head can't be checked");
      } else if (!head.is_signed_by(keys->signing)) {
        findings.push_back(name_of(line.log) + ": its head isn't signed by its site");
      }
      const auto held = line.size();
      if (head.size > held && line.right.empty()) {
        findings.push_back(name_of(line.log) + ": " + std::to_string(head.size - held) +
                           " leaves at its end are missing");
        continue;
      }
      const auto leaf = [&](std::uint64_t index) {
        return log.hash_of(log.arrival_of(line.id, index + 1));
      };
      if (PartialTree(held, leaf, line.right).hash({0, head.size}) != head.root) {
        findings.push_back(name_of(line.log) + ": its leaves aren't those that its site signed");
      }
    } catch (const std::exception& error) {
      findings.push_back(name_of(line.log) + ": " + error.what());
    }
}

/// Makes the roots of each line's own blocks from their leaves, and compares.
void check_blocks(Log& log, Findings& findings) {
  for (const auto& line : log.lines()) try {
      auto left = line.blocks;
      for (auto block = line.fork / kBlockLeaves; block < line.size() / kBlockLeaves; ++block) {
        MerkleTree tree;
        for (auto seq = block * kBlockLeaves + 1; seq <= (block + 1) * kBlockLeaves; ++seq) {
          tree.append(log.hash_of(log.arrival_of(line.id, seq)));
        }
        const auto kept = left.extract(block);
        if (!kept.empty() && kept.mapped() == tree.root()) continue;
        findings.push_back(name_of(line.log) + ": the root of its block " + std::to_string(block) +
                           " isn't that of its leaves");
      }
      if (!left.empty()) findings.push_back(name_of(line.log) + ": has blocks without leaves");
    } catch (const std::exception& error) {
      findings.push_back(name_of(line.log) + ": " + error.what());
    }
}

/// The keys of a table's rows.
std::vector<Key> keys_of(Database& database, const Table& table) {
  std::string columns;
  for (const auto& column : table.key) {
    columns += (columns.empty() ? "" : ", ") + quoted(column.name);
  }
  std::vector<Key> keys;
  auto query = database.prepare("SELECT " + columns + " FROM " + quoted(table.name));
  while (query.step()) {
    std::vector<Value> values;
    for (std::size_t i = 0; i < table.key.size(); ++i) {
      values.push_back(query.value(static_cast<int>(i)));
    }
    keys.push_back(make_key(values));
  }
  return keys;
}

bool same(const RowImage& left, const RowImage& right) {
  return std::equal(left.cells.begin(), left.cells.end(), right.cells.begin(), right.cells.end(),
                    [](const RowImage::Cell& a, const RowImage::Cell& b) {
                      return a.version == b.version && a.values == b.values;
                    });
}

/// Compares a table with the fold of the log.
void compare(const Table& table, Database& here, Database& folded, Findings& findings) {
  RowTable ours(here, table), theirs(folded, table);
  RowImage row, expected;
  for (const auto& key : keys_of(here, table)) {
    const auto where = "table " + table.name + ", row " + text_of(key) + ": ";
    const auto values = key_values(key);
    if (!ours.read(values, row)) continue;
    if (!theirs.read(values, expected)) {
      findings.push_back(where + "the log has no such row");
    } else if (!same(row, expected)) {
      findings.push_back(where + "isn't what the log says");
    }
  }
  for (const auto& key : keys_of(folded, table)) {
    if (ours.read(key_values(key), row)) continue;
    findings.push_back("table " + table.name + ", row " + text_of(key) + ": is missing");
  }
}

/// A table of the engine's own, row by row as text.
std::vector<std::string> lines_of(Database& database, const char* table) {
  std::vector<std::string> lines;
  auto query =
      database.prepare(std::string("SELECT table_id, hex(key), group_id, * FROM ") + table);
  while (query.step()) {
    std::string line;
    for (int i = 0; i < 3; ++i) line += std::string(query.text(i)) + " ";
    line += std::string(query.text(6));
    if (std::string_view(table) == "zimnik_head") line += " " + std::string(query.text(7));
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

std::vector<std::string> Replica::Impl::verify() {
  Findings findings;
  try {
    log.reload();
    check_leaves(log, findings);
    check_heads(log, judge, signer, identity.record.keys, findings);
    check_blocks(log, findings);
    // Folds the log anew in a database beside this one, and compares.
    auto beside = Database::open(":memory:");
    make_tables(beside, schema);
    Judge fresh(beside, log, school, authority);
    for (const auto& certified : judge.certified()) fresh.take(*judge.record_of(certified));
    Rows folded(beside, schema, log, fresh);
    const auto last = log.last_arrival();
    log.for_each(1, last,
                 [&](Arrival arrival, const StoredLeaf& leaf) { fresh.take(arrival, leaf); });
    log.for_each(1, last,
                 [&](Arrival arrival, const StoredLeaf& leaf) { folded.take(arrival, leaf); });
    folded.finish();
    for (const auto& table : schema.tables) compare(table, database, beside, findings);
    for (const char* side : {"zimnik_head", "zimnik_listed"}) {
      if (lines_of(database, side) != lines_of(beside, side)) {
        findings.push_back(std::string("table ") + side + ": isn't what the log says");
      }
    }
  } catch (const std::exception& error) {
    findings.push_back(std::string("the log can't be folded: ") + error.what());
  }
  return findings;
}

}  // namespace zimnik::sync
