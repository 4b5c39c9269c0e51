#include "hub/kept_copies.h"

#include <filesystem>

#include "schema/audit/old_copies.h"

namespace zimnik::hub {
namespace {

constexpr journal::ForgottenCount kInHub{"SELECT max(number) FROM forgotten"};

}  // namespace

KeptCopies copies_with_forgotten(Hub& hub) {
  KeptCopies copies;
  for (auto& backup : hub.backups().with_forgotten()) {
    if (std::filesystem::exists(backup.path)) {
      copies.here.push_back(backup.path);
    } else {
      copies.elsewhere.push_back(std::move(backup));
    }
  }
  const auto& folder = hub.folder();
  journal::add_automatic_copies(folder.database(), kInHub, hub.backups().last_forgotten(),
                                copies.here);
  for (const auto* school : hub.schools()) {
    const auto& id = school->id();
    const auto forgotten = hub.families().forgotten_of(id);
    journal::add_automatic_copies(folder.replica(id), journal::kInReplica, forgotten, copies.here);
    journal::add_automatic_copies(folder.keys(id), journal::kInKeys, forgotten, copies.here);
  }
  return copies;
}

void name_kept_copies(Hub& hub, std::ostream& out) {
  const auto copies = copies_with_forgotten(hub);
  journal::name_copies(copies.here, out);
  if (copies.elsewhere.empty()) return;
  const auto& last = copies.elsewhere.back();
  out << "копий с такими данными, которых нет на месте: " << copies.elsewhere.size()
      << ", последняя " << last.path << " от " << moment_for_operators(last.at)
      << "; перенесённые уничтожьте, потом zimnik-hub backup --gone\n";
}

void note_copies_gone(Hub& hub, std::ostream& out) {
  const auto gone = copies_with_forgotten(hub).elsewhere;
  for (const auto& backup : gone) {
    hub.backups().remove(backup.path);
    out << "больше не числится: " << backup.path << "\n";
  }
  out << "всего: " << gone.size() << "\n";
}

}  // namespace zimnik::hub
