// What people should look at after an act. Law 8.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "sync/core/act_reach.h"
#include "sync/store/replica_impl.h"

namespace zimnik::sync {
namespace {

/// Looks through the log for what one act in force leaves to people.
class Reviewer {
 public:
  Reviewer(const PlacedAct& act, const Schema& schema, Log& log, const Judge& judge, Rows& rows)
      : act_(act),
        schema_(schema),
        log_(log),
        verdict_(judge.verdict()),
        rows_(rows),
        reach_(act.act, judge.known_sites(UINT64_MAX), verdict_) {
    for (const auto& tip : act.act.frontier) {
      const auto is = [&](const Hash& hash) { return hash == tip.leaf; };
      const Arrival arrival = log_.find(tip.log, tip.size, is);
      tips_.push_back({tip.log, tip.size, arrival == 0 ? 0 : log_.place_of(arrival).first});
    }
  }

  void look_at(Arrival arrival, const StoredLeaf& leaf, ActReview& review) {
    if (!leaf.transaction || leaf.hash == act_.hash) return;
    const auto& log = log_.line(leaf.line).log;
    const auto& transaction = *leaf.transaction;
    const auto& author = transaction.origin.author;
    const auto* edit = std::get_if<Edit>(&transaction.body);
    const bool is_void = edit == nullptr
                             ? verdict_.voids_leaf(log, leaf.seq)
                             : verdict_.voids_edit(log, leaf.seq, author, transaction.time);
    if (is_void) {
      if (reach_.covers({log, leaf.seq, author, transaction.time})) voided_.insert(arrival);
      return;
    }
    if (reach_.precedes(author, transaction.time) && !was_held(arrival, leaf)) {
      review.unseen.push_back(arrival);
    }
    if (edit == nullptr) return;
    for (const auto& row : edit->rows) {
      for (const auto& cell : row.cells) note(arrival, row, cell);
    }
  }

  /// REQUIRES: every leaf was looked at.
  void finish(ActReview& review) {
    for (const auto& it : noted_) {
      if (is_head_over_void(it)) review.over_void.push_back(it.version);
    }
  }

 private:
  struct HeldTip {
    LogId log;
    std::uint64_t size;
    LineId line;  ///< 0 where it isn't held here
  };
  /// A version that may have been written over what this act voids.
  struct Noted {
    ActReview::OverVoid version;
    std::vector<Over> over;
  };

  /// Whether the act's author held it.
  bool was_held(Arrival arrival, const StoredLeaf& leaf) const {
    const auto& log = log_.line(leaf.line).log;
    return std::any_of(tips_.begin(), tips_.end(), [&](const HeldTip& tip) {
      return tip.log == log && leaf.seq <= tip.size &&
             (tip.line == 0 || log_.arrival_of(tip.line, leaf.seq) == arrival);
    });
  }

  /// What it overwrites was looked at before, or comes later where leaves were taken sealed.
  void note(Arrival arrival, const RowWrite& row, const CellWrite& cell) {
    const bool may_be_over_void = std::any_of(
        cell.over.begin(), cell.over.end(),
        [&](const Over& over) { return over.at > arrival || voided_.contains(over.at); });
    if (may_be_over_void) noted_.push_back({{arrival, row.table, row.key, cell.group}, cell.over});
  }

  bool is_head_over_void(const Noted& noted) {
    const auto& [arrival, table_id, key, group] = noted.version;
    const auto* table = schema_.find(table_id);
    if (table == nullptr) return false;
    const CellName name{*table, key, group};
    const bool is_over_void =
        std::any_of(noted.over.begin(), noted.over.end(), [&](const Over& over) {
          return voided_.contains(over.at) && rows_.versions().find(name, over.at);
        });
    if (!is_over_void || !rows_.versions().find(name, arrival)) return false;
    const auto roots = rows_.roots(*table, key);
    const auto found = roots.find(group);
    if (found == roots.end()) return false;
    const auto& heads = found->second.heads;
    return std::find(heads.begin(), heads.end(), arrival) != heads.end();
  }

  const PlacedAct& act_;
  const Schema& schema_;
  Log& log_;
  const Verdict& verdict_;
  Rows& rows_;
  ActReach reach_;
  std::vector<HeldTip> tips_;
  std::set<Arrival> voided_;  ///< by this act
  std::vector<Noted> noted_;  ///< by arrival
};

}  // namespace

std::vector<ListedAct> Replica::Impl::acts() {
  const auto acts = judge.acts();
  const auto arrivals = judge.act_arrivals();
  const auto sites = judge.known_sites(UINT64_MAX);
  const auto& verdict = judge.verdict();
  std::vector<ListedAct> result;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    const auto& it = acts[i];
    const auto& transaction = *log.leaf(arrivals[i]).transaction;
    result.push_back({it.hash, arrivals[i], it.site, transaction.origin, transaction.time, it.act,
                      verdict.in_force(it.hash), undone_by(it, acts, sites, verdict)});
  }
  return result;
}

ActReview Replica::Impl::review(const Hash& name) {
  const auto* act = judge.act(name);
  if (act == nullptr) throw std::invalid_argument("no act is named " + name.hex());
  ActReview review;
  review.in_force = judge.verdict().in_force(name);
  if (!review.in_force) return review;
  Reviewer reviewer(*act, schema, log, judge, rows);
  log.for_each(1, log.last_arrival(), [&](Arrival arrival, const StoredLeaf& leaf) {
    reviewer.look_at(arrival, leaf, review);
  });
  reviewer.finish(review);
  return review;
}

}  // namespace zimnik::sync
