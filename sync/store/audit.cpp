#include "sync/store/audit.h"

#include <algorithm>

#include "sync/core/leaf.h"
#include "sync/core/limits.h"

namespace zimnik::sync {

std::uint64_t Audit::check_leaves() {
  std::uint64_t unreadable = 0;
  for (Arrival arrival = 1; arrival <= log_.last_arrival(); ++arrival) try {
      const auto& leaf = log_.leaf(arrival);
      const std::string where = name_of(log_.line(leaf.line).log) + ", seq " +
                                std::to_string(leaf.seq) + " (arrival " + std::to_string(arrival) +
                                "): ";
      if (!leaf.transaction) ++unreadable;
      if (leaf_hash(leaf.bytes) != leaf.hash) findings_.add(where + "the leaf has changed");
      std::string_view rest;
      const auto place = read_leaf_header(leaf.bytes, rest).place;
      const auto before = log_.arrival_of(leaf.line, leaf.seq - 1);
      const Hash previous = before == 0 ? Hash{} : log_.hash_of(before);
      if (place.log != log_.line(leaf.line).log || place.seq != leaf.seq ||
          place.previous != previous) {
        findings_.add(where + "the leaf isn't in its place");
      }
    } catch (const std::exception& error) {
      findings_.add("arrival " + std::to_string(arrival) + ": " + error.what());
      if (findings_.is_full()) break;
    }
  for (const auto& line : log_.lines()) try {
      check_line(line);
    } catch (const std::exception& error) {
      findings_.add(name_of(line.log) + ": " + error.what());
    }
  return unreadable;
}

void Audit::check_line(const Line& line) {
  const auto hash_at = [&](std::uint64_t seq) {
    return log_.hash_of(log_.arrival_of(line.id, seq));
  };
  const auto size = line.size();
  if (line.tip != (size == 0 ? Hash{} : hash_at(size))) {
    findings_.add(name_of(line.log) + ": its tip isn't its last leaf");
  }
  const auto leaf = [&](std::uint64_t index) { return hash_at(index + 1); };
  if (size > 0 && PartialTree(size, leaf, line.right).hash({0, size}) != line.tree.root()) {
    findings_.add(name_of(line.log) + ": its tree isn't that of its leaves");
  }
}

std::uint64_t Audit::check_heads(const std::optional<SiteKeys>& own) {
  std::uint64_t uncovered = 0;
  for (const auto& line : log_.lines()) try {
      check_head(line, own, uncovered);
    } catch (const std::exception& error) {
      findings_.add(name_of(line.log) + ": " + error.what());
    }
  return uncovered;
}

void Audit::check_head(const Line& line, const std::optional<SiteKeys>& own,
                       std::uint64_t& uncovered) {
  const auto fault = [&](const std::string& what) {
    findings_.add(name_of(line.log) + ": " + what);
  };
  const auto held = line.size();
  const auto covered = line.head ? line.head->size : 0;
  const bool is_own =
      own && line.log.site == own->id() && log_.lines_of(line.log).front() == line.id;
  if (covered < held) {
    const auto count = held - std::max(covered, line.fork);
    uncovered += count;
    if (own ? !is_own : count > limits::kUnsignedLeaves) {
      fault("no head that its site signed covers the last " + std::to_string(held - covered) +
            " leaves");
    }
  }
  if (!line.head) return;
  const auto& head = *line.head;
  const auto* keys = own && line.log.site == own->id() ? &*own : judge_.keys_of(line.log.site);
  if (keys == nullptr) {
    fault("its site isn't known, so its head can't be checked");
  } else if (!head.is_signed_by(keys->signing)) {
    fault("its head isn't signed by its site");
  }
  if (head.size > held && line.right.empty()) {
    return fault(std::to_string(head.size - held) + " leaves at its end are missing");
  }
  const auto leaf = [&](std::uint64_t index) {
    return log_.hash_of(log_.arrival_of(line.id, index + 1));
  };
  if (PartialTree(held, leaf, line.right).hash({0, head.size}) != head.root) {
    fault("its leaves aren't those that its site signed");
  }
}

std::uint64_t Audit::check_receipts(Receipts& receipts) {
  std::uint64_t count = 0;
  try {
    receipts.for_each([&](const Receipt& receipt) {
      ++count;
      const auto hub = judge_.record_of(receipt.by);
      if (hub && hub->kind == SiteKind::hub && receipt.is_signed_by(hub->keys.signing)) return;
      findings_.add(name_of(receipt.log) + ": the receipt of size " + std::to_string(receipt.size) +
                    " isn't signed by a hub over these leaves");
    });
  } catch (const std::exception& error) {
    findings_.add(error.what());
  }
  return count;
}

void Audit::check_blocks() {
  for (const auto& line : log_.lines()) try {
      auto left = line.blocks;
      for (auto block = line.fork / kBlockLeaves; block < line.size() / kBlockLeaves; ++block) {
        MerkleTree tree;
        for (auto seq = block * kBlockLeaves + 1; seq <= (block + 1) * kBlockLeaves; ++seq) {
          tree.append(log_.hash_of(log_.arrival_of(line.id, seq)));
        }
        const auto kept = left.extract(block);
        if (!kept.empty() && kept.mapped() == tree.root()) continue;
        findings_.add(name_of(line.log) + ": the root of its block " + std::to_string(block) +
                      " isn't that of its leaves");
      }
      if (!left.empty()) findings_.add(name_of(line.log) + ": has blocks without leaves");
    } catch (const std::exception& error) {
      findings_.add(name_of(line.log) + ": " + error.what());
    }
}

}  // namespace zimnik::sync
