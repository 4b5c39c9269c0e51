#include "hub/delivery/scan.h"

#include <algorithm>

#include "hub/clock.h"
#include "hub/delivery/mail.h"
#include "hub/delivery/places.h"
#include "hub/family.h"
#include "schema/query.h"
#include "schema/read/absences.h"
#include "schema/read/entries.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::hub {
namespace {

using journal::Date;
using sync::Database;

constexpr int kMarksEvery = 1, kWeekEvery = 7;  // days
constexpr int kFirstMonth = 8;                  // of a school year
const std::string kOwed = "●";

/// The last day whose digest should have been made; `every` days lie between two.
Date digest_day(const WallTime& now, const DeliverySettings& settings, LetterKind kind) {
  auto day = now.date;
  if (kind == LetterKind::week) {
    while (day.weekday() != settings.week_day) day = day.plus(-1);
  }
  const bool is_early = day == now.date && now.hour < settings.digest_hour;
  return is_early ? day.plus(kind == LetterKind::week ? -kWeekEvery : -kMarksEvery) : day;
}

/// Scans one school. One use.
class Scan {
 public:
  Scan(Hub& hub, School& school, const DeliverySettings& settings, Database& database)
      : hub_(hub),
        school_(school.id()),
        settings_(settings),
        database_(database),
        now_(hub.now()),
        wall_(wall_time(now_, zone_of(database))) {}

  bool is_due(LetterKind kind) const {
    const auto made = hub_.news().digest_day(school_, kind);
    return !made || *made < digest_day(wall_, settings_, kind);
  }

  void begin_for(std::int64_t account) {
    for (const auto& choice : hub_.choices().subscribed(school_)) {
      if (choice.account == account) add(choice);
    }
    watched_ = hub_.news().watched(school_);
    read_absences();
    for (const auto kind : kNewsKinds) begin_new(kind);
  }

  std::size_t run() {
    // First: who begins meanwhile isn't among them, and isn't ended.
    watched_ = hub_.news().watched(school_);
    for (const auto& choice : hub_.choices().subscribed(school_)) add(choice);
    end_others();
    read_absences();
    for (const auto kind : kNewsKinds) begin_new(kind);
    std::size_t queued = tell(LetterKind::absences) + tell(LetterKind::message);
    queued += digest(LetterKind::marks);
    queued += digest(LetterKind::week);
    return queued;
  }

 private:
  /// Events before that aren't looked at: those of the school year's, and not too old.
  Date from() const {
    const auto year = Date::from(wall_.date.school_year(), kFirstMonth, 1).value();
    return std::max(wall_.date.plus(-kNewsDays), year);
  }

  void add(const DeliveryChoice& choice) {
    for (const auto pupil : readable_pupils(hub_, database_, school_, choice.account)) {
      for (const auto kind : kNewsKinds) {
        if (choice.is_wanted(kind)) told_.insert({choice.account, pupil, kind});
      }
    }
  }

  void end_others() {
    for (const auto& key : watched_) {
      if (!told_.contains(key)) hub_.news().end(school_, key);
    }
  }

  void read_absences() {
    std::set<std::int64_t> pupils;
    for (const auto& key : told_) {
      if (key.kind == LetterKind::absences || key.kind == LetterKind::message) {
        pupils.insert(key.pupil);
      }
    }
    const std::vector<std::int64_t> all(pupils.begin(), pupils.end());
    const auto year = wall_.date.school_year();
    for (const auto& [pupil, absences] :
         journal::absences_of(database_, all, year, from(), wall_.date)) {
      for (const auto& absence : absences) {
        if (absence.fact != journal::word_of(journal::Absence::absent)) continue;
        absences_[pupil][place_of(absence.lesson)] = {absence.fact, !absence.is_unexcused()};
      }
    }
  }

  AllStanding marks_of(std::int64_t pupil) {
    AllStanding marks;
    for (const auto& taught :
         journal::courses_of_pupil(database_, pupil, wall_.date.school_year())) {
      for (const auto& mark :
           journal::marks_between(database_, taught.course.id, from(), wall_.date, pupil)) {
        if (mark.is_rejected) continue;
        marks[place_of(mark.key)] = {mark.value ? std::to_string(*mark.value) : kOwed, false};
      }
    }
    return marks;
  }

  AllStanding standing(const NewsKey& key) {
    switch (key.kind) {
      case LetterKind::absences:
      case LetterKind::message:
        return absences_[key.pupil];
      case LetterKind::marks:
        return marks_of(key.pupil);
      default:
        return {{digest_day(wall_, settings_, LetterKind::week).monday().text(), {"+", false}}};
    }
  }

  /// Those who begin to be told now know what stands there.
  void begin_new(LetterKind kind) {
    for (const auto& key : told_) {
      if (key.kind != kind || watched_.contains(key)) continue;
      hub_.news().begin(school_, key, kind == LetterKind::week ? AllStanding{} : standing(key),
                        now_);
    }
  }

  std::size_t tell(LetterKind kind) {
    std::size_t queued = 0;
    for (const auto& key : told_) {
      if (key.kind != kind || !watched_.contains(key)) continue;
      const auto letter = hub_.news().tell(school_, key, oldest(kind), standing(key),
                                           domain_of(settings_.sender), now_);
      if (letter) ++queued;
    }
    return queued;
  }

  /// A week that was told isn't taken back.
  std::string oldest(LetterKind kind) const {
    return kind == LetterKind::week ? digest_day(wall_, settings_, LetterKind::week).monday().text()
                                    : from().text();
  }

  std::size_t digest(LetterKind kind) {
    const bool is_first = !hub_.news().digest_day(school_, kind);
    if (!is_due(kind)) return 0;
    const auto queued = is_first ? 0 : tell(kind);
    hub_.news().note_digest(school_, kind, digest_day(wall_, settings_, kind));
    return queued;
  }

  Hub& hub_;
  const sync::SchoolId school_;
  const DeliverySettings& settings_;
  Database& database_;
  const sync::Time now_;
  const WallTime wall_;
  std::set<NewsKey> told_, watched_;
  std::map<std::int64_t, AllStanding> absences_;  ///< by pupil
};

}  // namespace

std::set<std::int64_t> readable_pupils(Hub& hub, Database& database, const sync::SchoolId& school,
                                       std::int64_t account) {
  std::set<std::int64_t> pupils;
  for (const auto& child : readable_children(hub, database, school, account)) {
    pupils.insert(child.child.pupil);
  }
  return pupils;
}

std::size_t scan_school(Hub& hub, School& school, const DeliverySettings& settings) {
  if (hub.recoveries().is_closed(school.id())) return 0;
  return school.read([&](Database& database) {
    const journal::Snapshot snapshot(database);
    return Scan(hub, school, settings, database).run();
  });
}

void begin_telling(Hub& hub, const DeliverySettings& settings, std::int64_t account) {
  std::set<sync::SchoolId> schools;
  for (const auto& link : hub.families().links_of(account)) schools.insert(link.school);
  for (const auto& id : schools) {
    auto* school = hub.find(id);
    if (school == nullptr || hub.recoveries().is_closed(id)) continue;
    try {
      school->read([&](Database& database) {
        const journal::Snapshot snapshot(database);
        Scan(hub, *school, settings, database).begin_for(account);
      });
    } catch (const std::runtime_error&) {
      continue;  // `status` tells operators why
    }
  }
}

bool is_digest_due(Hub& hub, School& school, const DeliverySettings& settings) {
  if (hub.recoveries().is_closed(school.id())) return false;
  if (hub.choices().subscribed(school.id()).empty()) return false;
  return school.read([&](Database& database) {
    const Scan scan(hub, school, settings, database);
    return scan.is_due(LetterKind::marks) || scan.is_due(LetterKind::week);
  });
}

}  // namespace zimnik::hub
