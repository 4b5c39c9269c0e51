#include "hub/successions.h"

#include <algorithm>

#include "schema/succession.h"

namespace zimnik::hub {
namespace {

std::string text_of(SuccessionEntry::Known known) {
  switch (known) {
    case SuccessionEntry::Known::proven:
      return "заверен по ключу прежнего, в журнале этого ещё нет";
    case SuccessionEntry::Known::claimed:
      return "так он назвался, когда его включили заново";
    case SuccessionEntry::Known::logged:
      return "так было в журнале";
  }
  return "";
}

}  // namespace

std::vector<KnownSuccession> known_successions(Hub& hub, sync::Replica& replica,
                                               const sync::SchoolId& id) {
  std::vector<KnownSuccession> known;
  for (const auto& it : replica.successions()) {
    known.push_back({it.from, it.to, it.time, journal::succession_text(it.origin.role)});
  }
  const auto logged = known.size();
  for (const auto& it : hub.region().successions_of(id)) {
    const auto end = known.begin() + static_cast<std::ptrdiff_t>(logged);
    const bool is_logged = std::any_of(known.begin(), end, [&](const KnownSuccession& other) {
      return other.from == it.from && other.to == it.to;
    });
    if (!is_logged) known.push_back({it.from, it.to, it.at, text_of(it.known)});
  }
  return known;
}

std::vector<sync::SiteId> successors_of(const std::vector<KnownSuccession>& successions,
                                        const sync::SiteId& site) {
  std::vector<sync::SiteId> found{site};
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto& it : successions) {
      const bool is_new = std::find(found.begin(), found.end(), it.to) == found.end();
      if (it.from == found[i] && is_new) found.push_back(it.to);
    }
  }
  found.erase(found.begin());
  return found;
}

std::set<sync::SiteId> replaced_sites(Hub& hub, sync::Replica& replica, const sync::SchoolId& id) {
  const auto noted = hub.region().successions_of(id);
  const auto by_others = hub.region().replaced_in(id);
  std::set<sync::SiteId> replaced(by_others.begin(), by_others.end());
  for (const auto& it : replica.successions()) {
    const bool is_noted =
        std::any_of(noted.begin(), noted.end(),
                    [&](const SuccessionEntry& entry) { return entry.to == it.to; });
    if (!is_noted) replaced.insert(it.from);
  }
  return replaced;
}

void note_logged_successions(Hub& hub, sync::Replica& replica, const sync::SchoolId& id) {
  for (const auto& it : replica.successions()) {
    hub.region().note_succession({it.from, it.to, id, SuccessionEntry::Known::logged, hub.now()});
  }
}

}  // namespace zimnik::hub
