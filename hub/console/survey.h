// The standing and the figures of all schools, looked at in turn by a thread: a page doesn't wait
// for three hundred schools. A school is looked at when there was an exchange since, once in
// kRestMs at most.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "hub/hub.h"
#include "hub/school_status.h"
#include "sync/store/entry_times.h"

namespace zimnik::hub {

struct Surveyed {
  sync::Time at;          ///< when it was looked at
  SchoolStatus status{};  ///< nothing where there is a fault
  std::string fault{};    ///< why it can't be read; for operators
};

/// Any thread.
class Survey {
 public:
  static constexpr std::int64_t kRestMs = std::int64_t{3} * 60 * 1000;

  /// Looks until the object goes. `hub` outlives it. `log` gets lines for operators.
  Survey(Hub& hub, std::function<void(const std::string&)> log);
  ~Survey();

  /// Nothing where it wasn't looked at yet.
  std::optional<Surveyed> of(const sync::SchoolId& school) const;
  /// Now, in this thread: after what an operator did.
  void look_at(School& school);

 private:
  void run(const std::stop_token& stop);
  void compute_figures(School& school);
  /// Of each school the last exchange.
  std::map<sync::SchoolId, sync::Time> exchanges();
  bool is_due(const School& school, const std::map<sync::SchoolId, sync::Time>& exchanges) const;

  Hub& hub_;
  const std::function<void(const std::string&)> log_;
  std::map<sync::SchoolId, sync::EntryTimes> times_;  ///< the thread's alone
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  std::map<sync::SchoolId, Surveyed> surveyed_;
  std::jthread thread_;  ///< last: it uses what is above
};

}  // namespace zimnik::hub
