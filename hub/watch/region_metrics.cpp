#include "hub/watch/region_metrics.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "hub/watch/health.h"
#include "schema/tables.h"

namespace zimnik::hub {
namespace {

using Kind = MetricFamily::Kind;

double seconds_of(const sync::Time& time) { return static_cast<double>(time.ms) / 1000; }

MetricFamily one(const std::string& name, const std::string& help, double value,
                 Kind kind = Kind::gauge) {
  return {name, help, kind, {{{}, value}}};
}

/// 0 where there is no such file.
double size_of(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  return failure ? 0 : static_cast<double>(size);
}

MetricFamily build_info() {
  return {"zimnik_hub_build_info",
          "The program's version and that of its schema; always 1.",
          Kind::gauge,
          {{{{"version", ZIMNIK_VERSION},
             {"schema", std::to_string(journal::journal_schema().version)}},
            1}}};
}

MetricFamily schools_by_state(Hub& hub) {
  const auto readiness = readiness_of(hub);
  double closed = 0;
  const auto schools = hub.schools();
  for (const auto* school : schools) closed += hub.recoveries().is_closed(school->id()) ? 1 : 0;
  const auto waiting = static_cast<double>(readiness.waiting.size());
  const auto failed = static_cast<double>(readiness.failed.size());
  return {"zimnik_hub_schools",
          "Schools whose files are open, waiting to be opened, or can't be; of all of them, those "
          "that a restore has closed.",
          Kind::gauge,
          {{{{"state", "open"}}, static_cast<double>(schools.size()) - waiting - failed},
           {{{"state", "waiting"}}, waiting},
           {{{"state", "failed"}}, failed},
           {{{"state", "closed"}}, closed}}};
}

/// When each of the school's sites that are at work was in exchange: the last of them, and the
/// first of their last complete ones.
struct Exchanges {
  double sites = 0;
  std::optional<sync::Time> last, complete;
  bool is_complete = true;  ///< each site brought all that it had, once at least
};

Exchanges exchanges_of(Hub& hub, const sync::SchoolId& school) {
  Exchanges exchanges;
  for (const auto& site : hub.region().sites_of(school)) {
    if (site.exchange) exchanges.last = std::max(exchanges.last, site.exchange);
    if (site.is_revoked || site.is_succeeded) continue;
    ++exchanges.sites;
    if (!site.complete) {
      exchanges.is_complete = false;
    } else if (!exchanges.complete || site.complete->ms < exchanges.complete->ms) {
      exchanges.complete = site.complete;
    }
  }
  return exchanges;
}

std::vector<MetricFamily> of_schools(Hub& hub) {
  MetricFamily names{"zimnik_hub_school_info", "The school's name; always 1."};
  MetricFamily sites{"zimnik_hub_school_sites", "Sites of the school that are at work."};
  MetricFamily last{"zimnik_hub_school_last_exchange_timestamp_seconds",
                    "When a site of the school was last in exchange, by the hub's clock."};
  MetricFamily lag{"zimnik_hub_school_lag_seconds",
                   "How long ago all that the school's sites had was here; none before each "
                   "brought all it had once."};
  MetricFamily bytes{"zimnik_hub_school_database_bytes", "The size of the school's replica."};
  for (const auto* school : hub.schools()) {
    const Labels label{{"school", school->id().hex()}};
    names.samples.push_back({{label[0], {"name", school->entry().name}}, 1});
    const auto exchanges = exchanges_of(hub, school->id());
    sites.samples.push_back({label, exchanges.sites});
    if (exchanges.last) last.samples.push_back({label, seconds_of(*exchanges.last)});
    if (exchanges.is_complete && exchanges.complete) {
      lag.samples.push_back({label, seconds_of({hub.now().ms - exchanges.complete->ms})});
    }
    bytes.samples.push_back({label, size_of(hub.folder().replica(school->id()))});
  }
  return {names, sites, last, lag, bytes};
}

/// Of the process itself, as client libraries of Prometheus name them; what the system doesn't tell
/// is left out.
std::vector<MetricFamily> of_process() {
  std::vector<MetricFamily> families;
  std::ifstream memory("/proc/self/statm");
  double pages = 0, resident = 0;
  if (memory >> pages >> resident) {
    families.push_back(one("process_resident_memory_bytes", "Resident memory size in bytes.",
                           resident * static_cast<double>(::sysconf(_SC_PAGESIZE))));
  }
  std::error_code failure;
  const std::filesystem::directory_iterator open("/proc/self/fd", failure);
  if (!failure) {
    families.push_back(one("process_open_fds", "Number of open file descriptors.",
                           static_cast<double>(std::distance(begin(open), end(open)))));
  }
  timespec used{};
  if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) == 0) {
    families.push_back(one(
        "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
        static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9, Kind::counter));
  }
  return families;
}

}  // namespace

std::vector<MetricFamily> region_metrics(Hub& hub) {
  std::vector<MetricFamily> families{build_info(), schools_by_state(hub)};
  for (auto& family : of_schools(hub)) families.push_back(std::move(family));
  families.push_back(one("zimnik_hub_family_accounts", "Accounts of families.",
                         static_cast<double>(hub.families().count_accounts())));
  families.push_back(one("zimnik_hub_family_sessions", "Sessions of families that aren't over.",
                         static_cast<double>(hub.families().count_sessions(hub.now()))));
  families.push_back(
      one("zimnik_hub_database_bytes", "The size of hub.db.", size_of(hub.folder().database())));
  for (auto& family : of_process()) families.push_back(std::move(family));
  return families;
}

}  // namespace zimnik::hub
