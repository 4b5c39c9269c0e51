#include "hub/family.h"

#include <algorithm>

#include "hub/clock.h"
#include "schema/query.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

/// Of a child with two guardians in one account either's consent counts.
void add(Family& family, FamilyChild child) {
  for (auto& other : family.children) {
    if (other.school != child.school || other.child.pupil != child.child.pupil) continue;
    if (!other.is_readable) other = std::move(child);
    return;
  }
  family.children.push_back(std::move(child));
}

/// Nothing also where the school can't be read (`status` tells why): codes of others are looked for
/// all the same.
std::optional<journal::DiaryAccess> access_by(School& school, const sync::Hash& code) try {
  return school.read(
      [&](sync::Database& database) { return journal::diary_access_by(database, code.view()); });
} catch (const std::runtime_error&) {
  return std::nullopt;
}

/// Whose diaries a person of a school reads: its own, and its children's.
std::vector<FamilyChild> children_of(sync::Database& database, School* school, std::int64_t person,
                                     journal::Date today) {
  std::vector<FamilyChild> children;
  if (auto own = journal::pupil_itself(database, person, today)) {
    const bool is_readable = journal::may_read_own_diary(database, person, today);
    children.push_back({school, std::move(*own), is_readable, person});
  }
  const bool is_readable = journal::may_read_electronically(database, person);
  for (auto& child : journal::children_of(database, person, today)) {
    children.push_back({school, std::move(child), is_readable, person});
  }
  return children;
}

/// Whether the code is the latest that its school gave.
bool is_current(sync::Database& database, const GuardianLink& link) {
  const auto access = journal::diary_access_of(database, link.guardian);
  return access && access->verifier == link.code.view();
}

void add_link(Hub& hub, School& school, const GuardianLink& link, Family& family) try {
  school.read([&](sync::Database& database) {
    const journal::Snapshot snapshot(database);
    if (!is_current(database, link)) return;
    family.members.push_back({&school, link.guardian});
    const auto today = wall_time(hub.now(), zone_of(database)).date;
    for (auto& child : children_of(database, &school, link.guardian, today)) {
      add(family, std::move(child));
    }
  });
} catch (const std::runtime_error&) {
  // One damaged school doesn't take the diaries of the others (`status` tells operators why).
  family.silent.push_back(school.entry().name);
}

}  // namespace

const FamilyChild* Family::find(std::int64_t pupil) const {
  const FamilyChild* found = nullptr;
  for (const auto& child : children) {
    if (child.child.pupil == pupil && (found == nullptr || child.is_readable)) found = &child;
  }
  return found;
}

const FamilyChild* Family::first_readable() const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [](const FamilyChild& child) { return child.is_readable; });
  return found == children.end() ? nullptr : &*found;
}

Family family_of(Hub& hub, std::int64_t account) {
  Family family;
  for (const auto& link : hub.families().links_of(account)) {
    auto* school = hub.find(link.school);
    if (school == nullptr) continue;
    if (hub.recoveries().is_closed(link.school)) {
      family.silent.push_back(school->entry().name);
    } else {
      add_link(hub, *school, link, family);
    }
  }
  return family;
}

std::vector<FamilyChild> readable_children(Hub& hub, sync::Database& database,
                                           const sync::SchoolId& school, std::int64_t account) {
  std::vector<FamilyChild> readable;
  const auto today = wall_time(hub.now(), zone_of(database)).date;
  for (const auto& link : hub.families().links_of(account)) {
    if (link.school != school || !is_current(database, link)) continue;
    for (auto& child : children_of(database, hub.find(school), link.guardian, today)) {
      if (child.is_readable) readable.push_back(std::move(child));
    }
  }
  return readable;
}

std::optional<GuardianLink> link_of_code(Hub& hub, const sync::Hash& code) {
  for (auto* school : hub.schools()) {
    if (hub.recoveries().is_closed(school->id())) continue;
    const auto access = access_by(*school, code);
    if (access) return GuardianLink{school->id(), access->guardian, code};
  }
  return std::nullopt;
}

bool is_any_closed(Hub& hub) {
  const auto schools = hub.schools();
  return std::any_of(schools.begin(), schools.end(), [&](const School* school) {
    return hub.recoveries().is_closed(school->id());
  });
}

}  // namespace zimnik::hub
