#include "sync/store/freight.h"

#include <algorithm>
#include <stdexcept>

#include "sync/core/leaf.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// What a leaf's canonical bytes come to in a batch, about. Only a first guess: what comes out is
/// measured.
constexpr std::size_t kGuessedRatio = 12;
constexpr std::size_t kWorthATry = 1024 * 1024;  // bytes

/// The arrival numbers of all that is lacking, ascending.
std::vector<Arrival> arrivals_of(Log& log, const std::vector<Lack>& lacks) {
  std::vector<Arrival> arrivals;
  for (const auto& lack : lacks) {
    for (auto seq = lack.from + 1; seq <= lack.to; ++seq) {
      arrivals.push_back(log.arrival_of(lack.line, seq));
    }
  }
  std::sort(arrivals.begin(), arrivals.end());
  return arrivals;
}

/// What a leaf takes in memory is told by its values more than by its bytes.
std::size_t values_in(const StoredLeaf& leaf) {
  const auto* edit = edit_of(leaf);
  std::size_t count = 0;
  for (std::size_t r = 0; edit != nullptr && r < edit->rows.size(); ++r) {
    for (const auto& cell : edit->rows[r].cells) count += 1 + cell.values.size();
  }
  return count;
}

/// Names the lines that are overwritten but bring no leaves.
void name_lines(Log& log, const std::vector<StoredLeaf>& leaves, Freight& freight) {
  for (const auto& leaf : leaves) {
    if (!leaf.transaction || log.line(leaf.line).log.stream != Stream::shared) continue;
    for_each_over(*leaf.transaction, [&](const Over& over) {
      if (over.at == 0) return;
      const auto [line, seq] = log.place_of(over.at);
      const auto found = std::find(freight.lines.begin(), freight.lines.end(), line);
      if (found == freight.lines.end()) {
        freight.lines.push_back(line);
        freight.from.push_back(seq);
        freight.to.push_back(seq);
      } else if (const auto i = static_cast<std::size_t>(found - freight.lines.begin());
                 freight.from[i] == freight.to[i]) {
        freight.from[i] = freight.to[i] = std::max(freight.to[i], seq);
      }
    });
  }
}

/// What the batch can learn from leaves that the peer holds too.
BatchTables history_of(Log& log, const Freight& freight) {
  BatchTables tables;
  HistoryLines lines;
  for (std::size_t i = 0; i < freight.lines.size(); ++i) {
    if (lines.have(log.line(freight.lines[i]).log, freight.from[i])) {
      log.teach(tables, freight.lines[i], freight.from[i]);
    }
  }
  return tables;
}

Freight pack_leaves(Log& log, const std::vector<StoredLeaf>& leaves, const Keyring* opener,
                    Effort effort) {
  Freight freight;
  std::vector<LeafView> batch;
  for (const auto& leaf : leaves) {
    if (std::find(freight.lines.begin(), freight.lines.end(), leaf.line) == freight.lines.end()) {
      freight.lines.push_back(leaf.line);
      freight.from.push_back(leaf.seq - 1);
      freight.to.push_back(leaf.seq - 1);
    }
    const auto index = freight.index_of(leaf.line);
    freight.to[index] = leaf.seq;
    batch.push_back(log.view(leaf, index));
  }
  const auto history = history_of(log, freight);
  name_lines(log, leaves, freight);
  BatchContext context{freight.lines.size(), {}, &history};
  for (const auto from : freight.from) context.first.push_back(from + 1);
  const auto place = [&](const Over& over) -> std::optional<Place> {
    if (over.at == 0) return std::nullopt;
    const auto [line, seq] = log.place_of(over.at);
    return Place{freight.index_of(line), seq};
  };
  freight.batch = encode_batch(batch, context, place, opener, effort);
  return freight;
}

}  // namespace

std::uint32_t Freight::index_of(LineId line) const {
  const auto found = std::find(lines.begin(), lines.end(), line);
  if (found == lines.end()) throw std::logic_error("a line that isn't in the freight");
  return static_cast<std::uint32_t>(found - lines.begin());
}

Freight pack(Log& log, const std::vector<Lack>& lacks, const Keyring* opener, std::size_t budget) {
  const auto arrivals = arrivals_of(log, lacks);
  std::vector<StoredLeaf> leaves;
  std::size_t bytes = 0, values = 0;
  for (const auto arrival : arrivals) {
    if (leaves.size() == limits::kBatchLeaves || bytes > limits::kBatchBytes / 2) break;
    if (values > limits::kBatchValues) break;
    if (!leaves.empty() && bytes / kGuessedRatio > budget) break;
    leaves.push_back(log.leaf(arrival));
    bytes += leaves.back().bytes.size();
    values += values_in(leaves.back());
  }
  if (leaves.empty()) return {};
  // To compress well takes a second for a megabyte: what is far too much is told by a quick try.
  for (auto effort = bytes > kWorthATry ? Effort::quick : Effort::thorough;;) try {
      auto freight = pack_leaves(log, leaves, opener, effort);
      if (effort == Effort::quick && freight.batch.size() / 2 <= budget) {
        effort = Effort::thorough;
        continue;
      }
      freight.all = leaves.size() == arrivals.size();
      if (freight.batch.size() <= budget || leaves.size() == 1) return freight;
      const auto fits = leaves.size() * budget / freight.batch.size();
      leaves.resize(std::max<std::size_t>(1, std::min(fits, leaves.size() - 1)));
    } catch (const std::length_error&) {
      leaves.resize(leaves.size() / 2);  // more rows than a batch may have; one leaf always fits
    }
}

}  // namespace zimnik::sync
