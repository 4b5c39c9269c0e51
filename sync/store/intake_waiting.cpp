// What of a message has to wait: what it overwrites, or what makes its site known, isn't held.
#include <algorithm>

#include "sync/store/intake.h"

namespace zimnik::sync {

/// What stands behind it in the message isn't held yet: were it taken, the order of arrival would
/// not be causal, and nobody could take the leaf from here.
bool Intake::waits(std::size_t index) const {
  bool result = false;
  if (!pending_[index].transaction) return false;
  for_each_over(*pending_[index].transaction, [&](const Over& over) {
    const auto held = log_.last_arrival();
    if (over.at == 0) {
      result = true;
    } else if (over.at > held) {
      const auto other = over.at - held - 1;
      result = result || other > index || pending_[other].waits;
    }
  });
  return result;
}

/// Of what is overwritten by name. `over` never crosses streams: a name of the other stream's isn't
/// held, wherever it is.
void Intake::resolve_names() {
  const auto for_each_unresolved = [&](const auto& use) {
    for (auto& pending : pending_) {
      if (!pending.transaction) continue;
      const auto stream = stream_of(pending);
      for_each_over(*pending.transaction, [&](Over& over) {
        if (over.at == 0) use(over, stream);
      });
    }
  };
  std::map<Stream, std::map<Hash, Arrival>> names;
  for_each_unresolved([&](Over& over, Stream stream) {
    const auto other = by_hash_.find(over.leaf);
    if (other == by_hash_.end()) {
      names[stream].emplace(over.leaf, 0);
    } else if (stream_of(pending_[other->second]) == stream) {
      over.at = log_.last_arrival() + 1 + other->second;
    }
  });
  for (auto& [stream, wanted] : names) log_.find_names(wanted, stream);
  for_each_unresolved([&](Over& over, Stream stream) {
    const auto found = names[stream].find(over.leaf);
    if (found != names[stream].end()) over.at = found->second;
  });
}

/// Law 9: each log advances to its longest prefix whose `over` is held.
void Intake::find_waiting() {
  resolve_names();
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    auto& pending = pending_[i];
    auto& branch = branches_[static_cast<std::size_t>(pending.branch)];
    const auto index = pending.seq - branch.base - 1;
    const bool after_cut = branch.kept < index;
    bool parent_cut = false;
    if (branch.parent_branch >= 0) {
      const auto& parent = branches_[static_cast<std::size_t>(branch.parent_branch)];
      parent_cut = parent.base + parent.kept < branch.base;
    }
    pending.waits = after_cut || parent_cut || waits(i);
    if (!pending.waits) branch.kept = index + 1;
  }
  for (const auto& branch : branches_) {
    if (branch.kept > 0) check_known(branch.log.site);
  }
}

/// What vouches for a site may itself have to wait: then it is a stranger still.
void Intake::check_known(const SiteId& site) const {
  if (judge_.keys_of(site) != nullptr) return;
  const bool is_vouched_for =
      std::any_of(pending_.begin(), pending_.end(), [&](const Pending& pending) {
        const auto* succession =
            pending.transaction ? std::get_if<Succession>(&pending.transaction->body) : nullptr;
        return succession != nullptr && !pending.waits && succession->keys.id() == site;
      });
  if (!is_vouched_for)
    throw Hole("site " + site.hex() + " isn't known: what vouches for it waits", site);
}

}  // namespace zimnik::sync
