#include "sync/store/exchange.h"

#include <algorithm>

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// What a message says beside its batch takes a quarter of the budget each, about: so many of what
/// is `bytes` long, but at least a few. The rest goes with later messages.
std::size_t share(std::size_t budget, std::size_t bytes, std::size_t least) {
  return std::max(least, budget / 4 / bytes);
}

constexpr std::size_t kRecordBytes = 146;
constexpr std::size_t kHeldBytes = 40;
constexpr std::size_t kReceiptBytes = 105;

}  // namespace

Standing Exchange::standing() const { return {log_.frontier(), judge_.certified()}; }

Tip Exchange::tip(LineId line, std::uint64_t size) {
  const auto arrival = log_.arrival_of(line, size);
  return {log_.line(line).log, size, arrival == 0 ? Hash{} : log_.hash_of(arrival)};
}

/// By line, how many leaves on the way to its tip the peer holds, as far as is known: those of the
/// ground, and what it said itself. A log may have forked many times, and each branch may have been
/// named many times: each name is looked up once.
std::vector<std::uint64_t> Exchange::covered(const Standing& ground, const SiteId& peer) {
  std::vector<std::uint64_t> covered(log_.lines().size());
  std::map<LogId, std::uint64_t> longest;
  for (const auto& line : log_.lines()) {
    longest[line.log] = std::max(longest[line.log], line.size());
  }
  const auto hold = [&](Arrival arrival, std::uint64_t size) {
    auto& held = covered[log_.place_of(arrival).first - 1];
    held = std::max(held, size);
  };
  for (const auto& tip : ground.tips) {
    const auto is = [&](const Hash& hash) { return hash == tip.leaf; };
    if (const Arrival arrival = log_.find(tip.log, tip.size, is)) hold(arrival, tip.size);
  }
  std::set<LogId> ahead;
  for (const auto& said : said_[peer]) {
    const auto is = [&](const Hash& hash) { return mark_of(hash) == said.mark; };
    if (const Arrival arrival = log_.find(said.log, said.size, is)) {
      hold(arrival, said.size);
    } else if (said.may_be_ahead && said.size > longest[said.log]) {
      // It is ahead; should the log have forked, its leaves will show it. Where another line is
      // longer, that may part from this one further on than the peer holds it.
      ahead.insert(said.log);
    }
  }
  log_.spread(covered);
  for (const auto& line : log_.lines()) {
    if (ahead.contains(line.log)) covered[line.id - 1] = line.size();
  }
  return covered;
}

std::vector<Lack> Exchange::lacks(const std::vector<std::uint64_t>& covered,
                                  const std::set<SiteId>& introduced) {
  const auto reach = offer_.reach(introduced);
  std::vector<Lack> lacks;
  for (const auto& line : log_.lines()) {
    const auto from = std::max(line.fork, covered[line.id - 1]);
    const auto to = reach[line.id - 1];
    if (from < to) lacks.push_back({line.id, from, to});
  }
  return lacks;
}

/// The uncertified sites of which the peer holds what vouches for them.
std::set<SiteId> Exchange::introduced(const std::vector<std::uint64_t>& covered) {
  std::set<SiteId> result;
  for (const auto& line : log_.lines()) {
    const auto& site = line.log.site;
    if (result.contains(site) || judge_.record_of(site)) continue;
    const auto& successions = judge_.successions_of(site);
    const bool is = std::any_of(successions.begin(), successions.end(), [&](Arrival arrival) {
      const auto [voucher, seq] = log_.place_of(arrival);
      return covered[voucher - 1] >= seq;
    });
    if (is) result.insert(site);
  }
  return result;
}

Locator Exchange::locator(const Line& line) {
  Locator locator{line.log, {}};
  std::uint64_t step = 1;
  for (auto seq = line.size(); seq > 0; step *= 2) {
    locator.points.emplace_back(seq, mark_of(tip(line.id, seq).leaf));
    seq = seq > step ? seq - step : seq > 1 ? 1 : 0;
  }
  return locator;
}

FullStanding Exchange::full_standing() {
  FullStanding standing{{}, judge_.certified()};
  for (const auto& line : log_.lines()) standing.branches.push_back(locator(line));
  return standing;
}

/// What both hold, as far as the peer's points tell.
Standing Exchange::common(const FullStanding& theirs) {
  Standing common;
  for (const auto& branch : theirs.branches) {
    for (const auto& [seq, mark] : branch.points) {
      const auto is = [&, wanted = mark](const Hash& hash) { return mark_of(hash) == wanted; };
      const Arrival arrival = log_.find(branch.log, seq, is);
      if (arrival == 0) continue;
      advance(common, {{}, {branch.log, seq, log_.hash_of(arrival)}});
      break;
    }
  }
  for (const auto& site : theirs.sites) {
    if (judge_.record_of(site)) add_site(common, site);
  }
  return common;
}

bool Exchange::holds(const Standing& standing) {
  const bool tips = std::all_of(standing.tips.begin(), standing.tips.end(), [&](const Tip& tip) {
    const auto is = [&](const Hash& hash) { return hash == tip.leaf; };
    return log_.find(tip.log, tip.size, is) != 0;
  });
  return tips && std::all_of(standing.sites.begin(), standing.sites.end(), [&](const SiteId& site) {
           return judge_.record_of(site).has_value();
         });
}

BroughtHead Exchange::head(LineId id, std::uint64_t size, Time now) {
  const auto& line = log_.line(id);
  if (signer_.is_own(line)) {
    const auto head = signer_.sign(id, size, now);
    return {head.size, head.time, head.signature, {}};
  }
  BroughtHead brought{line.head->size, line.head->time, line.head->signature, {}};
  if (size < brought.size) {
    brought.proof = log_.partial_tree(id).consistency_proof(size, brought.size);
  }
  return brought;
}

MessageLine Exchange::message_line(LineId id, std::uint64_t from, std::uint64_t to, Time now) {
  const auto& line = log_.line(id);
  MessageLine result{line.log, from, mark_of(tip(id, from).leaf), {}, 0, {}};
  if (to > from) result.head = head(id, to, now);
  return result;
}

Cargo Exchange::load_cargo(Message& message, const Standing& ground, const SiteId& peer, Time now,
                           std::size_t budget) {
  Cargo cargo;
  const auto covered = this->covered(ground, peer);
  const auto introduced = this->introduced(covered);
  const auto lacking = lacks(covered, introduced);
  const auto keyring = keyrings_.find(peer);
  const bool opens = keyring != keyrings_.end() && keyring->second == log_.keys().digest(peer);
  budget = std::min(budget, limits::kMessageBytes / 2);  // leaves room for all beside the batch
  auto freight = pack(log_, lacking, opens ? &log_.keys() : nullptr, budget);
  message.batch = std::move(freight.batch);
  // Those who are strangers to the peer yet go out once it has taken this.
  const bool waits = std::any_of(log_.lines().begin(), log_.lines().end(), [&](const Line& line) {
    return !introduced.contains(line.log.site) && offer_.is_early(line);
  });
  message.more = !freight.all || (waits && !message.batch.empty());
  for (std::size_t i = 0; i < freight.lines.size(); ++i) {
    const auto id = freight.lines[i];
    message.lines.push_back(message_line(id, freight.from[i], freight.to[i], now));
    if (freight.to[i] == freight.from[i]) continue;
    cargo.advances.push_back({tip(id, freight.from[i]), tip(id, freight.to[i])});
  }
  add_records(message, ground, cargo, share(budget, kRecordBytes, 2));
  say_held(message, ground, freight, share(budget, kHeldBytes, 16));
  if (message.notes) {
    add_receipts(message, covered, freight, peer, share(budget, kReceiptBytes, 8));
  }
  return cargo;
}

/// The records that the leaves need, and of the others as many as there is room for.
void Exchange::add_records(Message& message, const Standing& ground, Cargo& cargo,
                           std::size_t room) {
  const auto is_brought = [&](const SiteId& site) {
    return std::any_of(message.lines.begin(), message.lines.end(),
                       [&](const MessageLine& line) { return line.log.site == site && line.head; });
  };
  for (const auto& site : judge_.certified()) {
    if (std::binary_search(ground.sites.begin(), ground.sites.end(), site)) continue;
    if (!is_brought(site)) {
      if (room == 0) {
        message.more = true;
        continue;
      }
      --room;
    }
    message.sites.push_back(*judge_.record_of(site));
    cargo.sites.push_back(site);
  }
}

/// Where this side stands beyond what it brings, so that the peer doesn't bring that. What isn't
/// said, for want of room, the peer may bring: then that is ground.
void Exchange::say_held(Message& message, const Standing& ground, const Freight& freight,
                        std::size_t room) {
  for (const auto& line : log_.lines()) {
    const auto found = std::find(freight.lines.begin(), freight.lines.end(), line.id);
    const auto index = static_cast<std::size_t>(found - freight.lines.begin());
    const bool brings = found != freight.lines.end();
    const Tip end{line.log, line.size(), line.tip};
    const bool is_ground = std::binary_search(ground.tips.begin(), ground.tips.end(), end);
    if (is_ground || (brings && freight.to[index] == line.size())) continue;
    if (room == 0) break;
    --room;
    if (!brings) message.lines.push_back({line.log, 0, {}, {}, 0, {}});
    auto& said = brings ? message.lines[index] : message.lines.back();
    said.held = line.size();
    said.held_mark = mark_of(line.tip);
  }
}

/// Of the lines that the peer has just brought, and of those that are brought to it. One for which
/// there is no room isn't missed: the next of its line proves as much.
void Exchange::add_receipts(Message& message, const std::vector<std::uint64_t>& covered,
                            const Freight& freight, const SiteId& peer, std::size_t room) {
  auto reach = covered;
  auto lines = brought_[peer];
  for (std::size_t i = 0; i < freight.lines.size(); ++i) {
    if (freight.to[i] == freight.from[i]) continue;
    lines.insert(freight.lines[i]);
    auto& held = reach[freight.lines[i] - 1];
    held = std::max(held, freight.to[i]);
  }
  auto& receipts = message.notes->receipts;
  for (const auto line : lines) {
    if (receipts.size() == room) break;
    if (auto receipt = receipts_.issued(line, reach[line - 1])) receipts.push_back(*receipt);
  }
}

/// What came for a second time too: the reply to the first may have been lost.
void Exchange::countersign(const SiteId& peer, const Intake::Taken& taken, Time now) {
  auto& brought = brought_[peer];
  brought.clear();
  for (const auto arrival : taken.arrivals) brought.insert(log_.place_of(arrival).first);
  for (const auto& it : taken.cargo.advances) {
    const auto is = [&](const Hash& hash) { return hash == it.to.leaf; };
    if (const Arrival end = log_.find(it.to.log, it.to.size, is)) {
      brought.insert(log_.place_of(end).first);
    }
  }
  for (const auto line : brought) receipts_.issue(line, now);
}

/// More branches than a frontier may have couldn't be spoken of to anybody. This replica's own logs
/// count before they begin: what comes from others must not keep anybody here from writing.
///
/// One site that forks its log on purpose could use all of them up, and then whoever holds some of
/// its branches could take nothing from who holds others. So each replica takes few from that site
/// itself; what others bring of it they have taken by the same rule.
void Exchange::check_branches(const SiteId& peer, const std::vector<LogId>& forked) const {
  for (const auto& log : forked) {
    if (log.site != peer || log_.lines_of(log).size() <= limits::kOwnBranches) continue;
    throw Refused(name_of(log) + ": its own site brings more branches of it than the bound of " +
                  std::to_string(limits::kOwnBranches));
  }
  auto branches = log_.lines().size();
  for (const auto stream : {Stream::shared, Stream::school}) {
    if (log_.lines_of({signer_.site(), stream}).empty()) ++branches;
  }
  if (branches <= limits::kTips) return;
  throw Refused("message: with its logs and forks this replica would hold " +
                std::to_string(branches) + " branches, over the bound of " +
                std::to_string(limits::kTips));
}

std::string Exchange::generate(const SiteId& peer, Time now, std::size_t budget) {
  auto session = peers_.session(peer);
  const auto own = standing();
  Message message;
  message.shared_digest = digest(own, Stream::shared);
  message.school_digest = digest(own, Stream::school);
  message.keyring_digest = log_.keys().digest(signer_.site());
  if (peers_.reads_notes(peer)) message.notes = Notes{schema_, {}};
  Cargo cargo;
  if (session.ground()) {
    session.name_ground(message);
    cargo = load_cargo(message, *session.ground(), peer, now, budget);
  } else {
    message.standing = full_standing();
    message.more = true;
  }
  session.offered(cargo, own);
  peers_.save(peer, session);
  return encode_message(message);
}

Exchange::Outcome Exchange::receive(const SiteId& peer, const Message& message, Time now) {
  Outcome outcome;
  for (const auto& record : message.sites) judge_.take(record);
  try {
    if (!message.batch.empty()) outcome.taken = Intake(log_, judge_).take(message);
  } catch (const MissingKey& error) {
    // It went by what this replica said of its keys, and somebody was forgotten here since.
    throw Hole(error.what());
  }
  check_branches(peer, outcome.taken.forked);
  countersign(peer, outcome.taken, now);
  if (message.notes) {
    peers_.note_reader(peer);
    peers_.note_schema(peer, message.notes->schema);
    receipts_.take(peer, message.notes->receipts);
  }
  for (const auto& record : message.sites) outcome.taken.cargo.sites.push_back(record.keys.id());
  outcome.more = message.more;
  auto& said = said_[peer];
  said.clear();
  for (const auto& line : message.lines) {
    if (line.held != 0) said.push_back({line.log, line.held, line.held_mark, true});
  }
  if (message.standing) {
    const bool is_first = !peers_.session(peer).ground();
    for (const auto& branch : message.standing->branches) {
      if (branch.points.empty()) continue;
      const auto& [size, mark] = branch.points.front();
      said.push_back({branch.log, size, mark, is_first});
    }
  }
  keyrings_[peer] = message.keyring_digest;
  return outcome;
}

void Exchange::lose_ground(const SiteId& peer) {
  auto session = peers_.session(peer);
  session.lose_ground();
  peers_.save(peer, session);
}

void Exchange::settle(const SiteId& peer, const Message& message, Outcome& outcome) {
  auto session = peers_.session(peer);
  if (session.hear(message, [&](const Standing& base) { return holds(base); })) {
    // What waits isn't held: the peer has to hear where this side really stands.
    outcome.taken.waiting == 0 ? session.took(outcome.taken.cargo) : session.lose_ground();
  }
  if (message.standing) session.met(common(*message.standing));
  const auto own = standing();
  outcome.in_step = digest(own, Stream::shared) == message.shared_digest &&
                    digest(own, Stream::school) == message.school_digest;
  if (outcome.in_step) session.in_step(own);
  peers_.save(peer, session);
}

}  // namespace zimnik::sync
