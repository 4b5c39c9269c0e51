// A made-up school to show, to measure and to test with: two buildings, classes 1 to 11, and a
// school year until some day. The same options give the same school, id for id.
//
//   1. SampleSchool school(options);
//   2. put a key of each of school.people() into the replica's keyring, and the school's key
//   3. fill(replica, school), or write_structure and write_day for each of school_days() through
//      whatever writes
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "schema/dates.h"
#include "schema/roles.h"
#include "sync/store/replica.h"

namespace zimnik::journal::sample {

struct SampleOptions {
  std::uint64_t seed = 1;
  int pupils = 250;                        ///< 12 of them at the small branch; at least 60
  int year = 2025;                         ///< in which the school year begins
  Date until = *Date::from(2025, 11, 28);  ///< the last day of lessons
  /// A password's verifier, as the node makes it. Without it no accounts are made.
  std::function<std::string(const std::string& login)> verifier;
};

/// The school as it is on a day: of its school year, or of the one before where hardly any lessons
/// have been held in this one yet (until 14 September).
SampleOptions options_as_of(Date today);

struct SampleStaff {
  std::int64_t person = 0;
  std::string login;
  Role role = Role::subject_teacher;
  std::string name;  ///< in full
};
struct SampleGuardian {
  std::int64_t person = 0;
  std::vector<std::int64_t> pupils;
  bool has_consented = false;  ///< to the electronic diary
};

/// Entries are of the past: with authors, roles, ranks, devices and times of their own, and page 0.
/// Their `seen` is empty: who writes fills it in, or what is written twice would be a conflict.
using SampleWrite =
    std::function<void(sync::Entry entry, const std::function<void(sync::Command&)>& command)>;

/// Which building's node writes.
enum class Site { all, main, branch };

class SampleSchool {
 public:
  explicit SampleSchool(const SampleOptions& options);
  ~SampleSchool();
  SampleSchool(SampleSchool&&) noexcept;

  /// Everybody whose key is needed before anything is written.
  std::vector<std::int64_t> people() const;
  const std::vector<SampleStaff>& staff() const;
  const std::vector<SampleGuardian>& guardians() const;
  std::int64_t main_branch() const;
  std::int64_t small_branch() const;

  /// All that comes before the first lesson.
  void write_structure(const SampleWrite& write) const;
  /// The days to be written, in their order.
  std::vector<Date> school_days() const;
  /// A day's lessons, and what else is entered on it. REQUIRES: the days before were written.
  void write_day(Date day, Site site, const SampleWrite& write) const;

  struct Plan;

 private:
  std::unique_ptr<Plan> plan_;
};

/// Writes all of it, a week to a commit.
void fill(sync::Replica& replica, const SampleSchool& school);

}  // namespace zimnik::journal::sample
