#include "sync/store/intake.h"

#include <algorithm>

#include "sync/core/leaf.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

std::string hole_at(const MessageLine& line) {
  return name_of(line.log) + ": leaf " + std::to_string(line.from) +
         ", which the message builds on, isn't held";
}

}  // namespace

Intake::Taken Intake::take(const Message& message) {
  paths_.resize(message.lines.size());
  const auto history = this->history(message);
  BatchContext context{message.lines.size(), {}, &history};
  for (const auto& line : message.lines) context.first.push_back(line.from + 1);
  BatchReader reader(message.batch, context);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < reader.size(); ++i) {
    auto leaf = reader.next([&](const Place& at) { return over_at(message, at); }, log_.keys());
    const auto before = pending_.size();
    const auto& log = message.lines[leaf.line].log;
    place(message, std::move(leaf));
    // A batch's dictionaries can name the same long text again and again.
    if (pending_.size() > before) bytes += pending_.back().bytes.size();
    if (bytes > limits::kBatchBytes) {
      throw Refused(name_of(log) + ", seq " + std::to_string(pending_.back().seq) +
                    ": with it the batch's leaves are over the bound of " +
                    std::to_string(limits::kBatchBytes) + " bytes");
    }
  }
  std::vector<Proven> proven;
  for (const auto& branch : branches_) proven.push_back(prove(branch));
  find_waiting();
  Taken taken;
  append(taken);
  for (std::size_t i = 0; i < branches_.size(); ++i) {
    auto& branch = branches_[i];
    if (branch.kept == 0) continue;
    auto& [head, right] = proven[i];
    if (branch.kept < branch.leaves.size()) {
      // It stops before what was proven: what lies to its right is kept, so that it can be
      // relayed.
      right = partial_tree(static_cast<int>(i), right)
                  .right_nodes(branch.base + branch.kept, head.size);
    }
    log_.set_head(branch.line, std::move(head), std::move(right));
    if (branch.is_new_line && log_.lines_of(branch.log).front() != branch.line) {
      taken.forked.push_back(branch.log);
    }
  }
  taken.cargo = cargo(message);
  return taken;
}

/// What the sender's batch has learnt from leaves that both hold.
BatchTables Intake::history(const Message& message) {
  BatchTables tables;
  HistoryLines lines;
  for (const auto& line : message.lines) {
    if (!line.head || !lines.have(line.log, line.from)) continue;
    const Arrival arrival = find_end(line);
    if (arrival == 0) throw Hole(hole_at(line), line.log.site);
    log_.teach(tables, log_.place_of(arrival).first, line.from);
  }
  return tables;
}

/// The leaf that a line of the message goes on from; 0 where it isn't in the log.
Arrival Intake::find_end(const MessageLine& line) {
  return log_.find(line.log, line.from,
                   [&](const Hash& hash) { return mark_of(hash) == line.mark; });
}

void Intake::attach(const MessageLine& line, Path& path) {
  path.attached = true;
  path.seq = line.from;
  path.from.log = line.log;
  path.from.size = line.from;
  const auto lines = log_.lines_of(line.log);
  if (line.from == 0) {
    path.line = lines.empty() ? 0 : lines.front();
    return;
  }
  if (const Arrival arrival = find_end(line)) {
    path.line = log_.place_of(arrival).first;
    path.tip = log_.hash_of(arrival);
  } else {
    const auto pending = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& it) {
      return branches_[static_cast<std::size_t>(it.branch)].log == line.log &&
             it.seq == line.from && mark_of(it.hash) == line.mark;
    });
    if (pending == pending_.end()) {
      throw Hole(hole_at(line), line.log.site);
    }
    path.branch = pending->branch;
    path.tip = pending->hash;
  }
  path.from.leaf = path.tip;
}

void Intake::place(const Message& message, BatchLeaf leaf) {
  const auto& line = message.lines[leaf.line];
  auto& path = paths_[leaf.line];
  if (!path.attached) attach(line, path);
  const LeafPlace place{line.log, path.seq + 1, path.tip};
  const auto refuse = [&](const std::string& why) {
    throw Refused(name_of(line.log) + ", seq " + std::to_string(place.seq) + ": " + why);
  };
  if (place.seq > limits::kSeq) refuse("over the bound");
  Pending pending{-1, place.seq, {}, {}, {}};
  if (leaf.edit) {
    if (line.log.stream != Stream::shared) {
      refuse("a leaf of the school's stream in the clear");
    }
    try {
      check_order(std::get<Edit>(leaf.edit->body));
      pending.bytes = encode_leaf(place, *leaf.edit, log_.keys());
    } catch (const std::exception& error) {
      refuse(error.what());
    }
    pending.transaction = std::move(leaf.edit);
  } else {
    write_leaf_header(pending.bytes, {leaf.format, place});
    pending.bytes += leaf.raw;
    if (pending.bytes.size() > limits::kLeafBytes) {
      refuse("the leaf is over the bound");
    }
    pending.transaction = read_leaf(pending.bytes, log_.keys());
    const bool is_clear_edit = line.log.stream == Stream::shared && pending.transaction &&
                               std::holds_alternative<Edit>(pending.transaction->body);
    // In columns its values are counted. Said whole again and again, a few bytes come to gigabytes.
    if (is_clear_edit) refuse("a clear edit that isn't in columns");
  }
  pending.hash = leaf_hash(pending.bytes);
  if (step_over_known(line.log, path, pending.hash)) return;
  add_to_branch(line, path, std::move(pending));
}

/// A known leaf is passed over.
bool Intake::step_over_known(const LogId& log, Path& path, const Hash& hash) {
  if (path.branch >= 0 || path.line == 0) return false;
  for (const auto id : log_.lines_of(log)) {
    const auto& line = log_.line(id);
    const bool follows = id == path.line || (line.parent == path.line && line.fork == path.seq);
    if (!follows) continue;
    const Arrival next = log_.arrival_of(id, path.seq + 1);
    if (next == 0 || log_.hash_of(next) != hash) continue;
    path.line = id;
    ++path.seq;
    path.tip = hash;
    return true;
  }
  return false;
}

int Intake::new_branch(const LogId& log, const Path& path) {
  Branch branch;
  branch.log = log;
  branch.base = path.seq;
  const auto extends = [&](const Branch& other) {
    return other.log == log && other.line == path.line && other.parent_line == 0 &&
           other.parent_branch < 0;
  };
  const auto first = std::find_if(branches_.begin(), branches_.end(), extends);
  if (path.branch >= 0) {
    branch.parent_branch = path.branch;
  } else if (path.line != 0 && path.seq < log_.line(path.line).size()) {
    branch.parent_line = path.line;
  } else if (first != branches_.end()) {
    branch.parent_branch = static_cast<int>(first - branches_.begin());
  } else {
    branch.line = path.line;
  }
  branch.is_new_line = branch.line == 0;
  if (branch.line != 0) {
    branch.tree = log_.line(branch.line).tree;
  } else if (path.branch >= 0) {
    branch.tree = partial_tree(path.branch, {}).first(branch.base);
  } else if (path.line != 0) {
    branch.tree = log_.tree_of(path.line, branch.base);
  }
  branches_.push_back(std::move(branch));
  return static_cast<int>(branches_.size() - 1);
}

void Intake::add_to_branch(const MessageLine& line, Path& path, Pending pending) {
  if (!line.head) throw Refused(name_of(line.log) + ": leaves without a signed head");
  const auto is_at_end = [&](const Branch& branch) {
    return path.seq == branch.base + branch.leaves.size();
  };
  if (path.branch < 0 || !is_at_end(branches_[static_cast<std::size_t>(path.branch)])) {
    path.branch = new_branch(line.log, path);
  } else if (branches_[static_cast<std::size_t>(path.branch)].head != &*line.head) {
    throw Refused(name_of(line.log) + ": one branch stands on two lines of the message");
  }
  auto& branch = branches_[static_cast<std::size_t>(path.branch)];
  branch.head = &*line.head;
  if (const auto block = branch.tree.append(pending.hash)) {
    branch.blocks.emplace(branch.tree.size() / kBlockLeaves - 1, *block);
  }
  branch.leaves.push_back(pending_.size());
  pending.branch = path.branch;
  path.tip = pending.hash;
  ++path.seq;
  if (!by_hash_.emplace(pending.hash, pending_.size()).second) {
    throw Refused(name_of(line.log) + ": leaf " + pending.hash.hex() +
                  " stands twice in the message");
  }
  pending_.push_back(std::move(pending));
}

Hash Intake::hash_on_branch(int index, std::uint64_t seq) {
  const auto* branch = &branches_[static_cast<std::size_t>(index)];
  while (seq <= branch->base && branch->parent_branch >= 0) {
    branch = &branches_[static_cast<std::size_t>(branch->parent_branch)];
  }
  if (seq > branch->base) return pending_[branch->leaves.at(seq - branch->base - 1)].hash;
  const auto line = branch->parent_line != 0 ? branch->parent_line : branch->line;
  return log_.hash_of(log_.arrival_of(line, seq));
}

std::optional<Hash> Intake::block_on_branch(int index, const Range& range) const {
  const auto* branch = &branches_[static_cast<std::size_t>(index)];
  while (range.second <= branch->base && branch->parent_branch >= 0) {
    branch = &branches_[static_cast<std::size_t>(branch->parent_branch)];
  }
  if (range.second > branch->base) return root_of(branch->blocks, range);
  return log_.block(branch->parent_line != 0 ? branch->parent_line : branch->line, range);
}

/// Over all leaves on the way to the branch's end. Valid while `right` is, and until one is added.
PartialTree Intake::partial_tree(int index, const RightNodes& right) {
  const auto& branch = branches_[static_cast<std::size_t>(index)];
  const auto leaf = [this, index](std::uint64_t at) { return hash_on_branch(index, at + 1); };
  const auto known = [this, index](const Range& range) { return block_on_branch(index, range); };
  return {branch.base + branch.leaves.size(), leaf, right, known};
}

Hash Intake::hash_at(const Path& path, std::uint64_t seq) {
  return path.branch >= 0 ? hash_on_branch(path.branch, seq)
                          : log_.hash_of(log_.arrival_of(path.line, seq));
}

/// Until what waits is known, a pending leaf's arrival is told from its index.
Over Intake::over_at(const Message& message, const Place& place) {
  const auto& line = message.lines[place.line];
  if (line.log.stream != Stream::shared) {
    throw Refused(name_of(line.log) + ": overwrites a version of the other stream");
  }
  auto& path = paths_[place.line];
  if (!path.attached) attach(line, path);
  if (place.seq == 0 || place.seq > path.seq) {
    throw Refused(name_of(line.log) + ": overwrites leaf " + std::to_string(place.seq) +
                  ", which isn't held");
  }
  const Hash hash = hash_at(path, place.seq);
  const auto pending = by_hash_.find(hash);
  if (pending != by_hash_.end()) return {hash, log_.last_arrival() + 1 + pending->second};
  LineId id = path.line;
  for (int at = path.branch; at >= 0;) {
    const auto& branch = branches_[static_cast<std::size_t>(at)];
    id = branch.parent_line != 0 ? branch.parent_line : branch.line;
    at = branch.parent_branch;
  }
  return {hash, log_.arrival_of(id, place.seq)};
}

const SiteKeys& Intake::keys_of(const SiteId& site) const {
  if (const auto* keys = judge_.keys_of(site)) return *keys;
  for (const auto& pending : pending_) {
    const auto* succession =
        pending.transaction ? std::get_if<Succession>(&pending.transaction->body) : nullptr;
    if (succession != nullptr && succession->keys.id() == site) return succession->keys;
  }
  throw Hole("site " + site.hex() + " isn't known: neither certified nor vouched for", site);
}

/// Checks the site's signature over all that the branch brings.
Intake::Proven Intake::prove(const Branch& branch) {
  const auto& head = *branch.head;
  const auto held = branch.tree.size();
  if (head.size < held) throw Refused(name_of(branch.log) + ": its head is short of its leaves");
  UnprovenTree tree{branch.tree.root(), {}};
  if (head.size > held) {
    tree = tree_by_consistency(held, head.size, tree.root, head.proof);
  } else if (!head.proof.empty()) {
    throw Refused(name_of(branch.log) + ": a proof where there is nothing to prove");
  }
  LogHead signed_head{branch.log, head.size, tree.root, head.time, head.signature};
  if (!signed_head.is_signed_by(keys_of(branch.log.site).signing)) {
    throw Refused(name_of(branch.log) + ": the head of size " + std::to_string(head.size) +
                  " isn't signed by its site over these leaves");
  }
  return {std::move(signed_head), std::move(tree.right)};
}

void Intake::append(Taken& taken) {
  const Arrival before = log_.last_arrival();
  std::vector<Arrival> arrival_of(pending_.size());
  Arrival next = before;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    if (pending_[i].waits) {
      ++taken.waiting;
    } else {
      arrival_of[i] = ++next;
    }
  }
  for (auto& pending : pending_) {
    if (pending.waits) continue;
    auto& branch = branches_[static_cast<std::size_t>(pending.branch)];
    if (branch.line == 0) {
      const auto parent = branch.parent_branch >= 0
                              ? branches_[static_cast<std::size_t>(branch.parent_branch)].line
                              : branch.parent_line;
      branch.line = log_.add_line(branch.log, parent, branch.base);
    }
    if (pending.transaction) {
      for_each_over(*pending.transaction, [&](Over& over) {
        if (over.at > before) over.at = arrival_of[over.at - before - 1];
      });
    }
    taken.arrivals.push_back(log_.append(
        {branch.line, pending.hash, std::move(pending.bytes), std::move(pending.transaction)}));
  }
}

/// As if nothing waited: where something does, the caller must not move its ground by it.
Cargo Intake::cargo(const Message& message) const {
  Cargo cargo;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const auto& path = paths_[i];
    if (!path.attached || !message.lines[i].head) continue;
    cargo.advances.push_back({path.from, {path.from.log, path.seq, path.tip}});
  }
  return cargo;
}

}  // namespace zimnik::sync
