#include "hub/console/survey_metrics.h"

#include <cstdlib>

#include "hub/console/operator_store.h"

namespace zimnik::hub {
namespace {

/// The worst of the school's sites at work; nothing where none was seen.
struct Worst {
  std::optional<std::int64_t> skew;  ///< ms, without its sign
  std::optional<sync::Time> certificate_end;
};

Worst worst_of(const SchoolStatus& status) {
  Worst worst;
  for (const auto& site : status.of_sites) {
    if (!site.is_at_work()) continue;
    const auto& seen = site.seen;
    if (seen.skew) worst.skew = std::max(worst.skew.value_or(0), std::abs(*seen.skew));
    if (seen.certificate_end &&
        (!worst.certificate_end || seen.certificate_end->ms < worst.certificate_end->ms)) {
      worst.certificate_end = seen.certificate_end;
    }
  }
  return worst;
}

double seconds_of(std::int64_t ms) { return static_cast<double>(ms) / 1000; }

}  // namespace

std::vector<MetricFamily> survey_metrics(Hub& hub, const Survey& survey) {
  MetricFamily queue{"zimnik_hub_school_queue_entries",
                     "Entries that the site furthest behind hasn't confirmed."};
  MetricFamily conflicts{"zimnik_hub_school_old_conflicts",
                         "Conflicts that weren't settled for more than a week."};
  MetricFamily forks{"zimnik_hub_school_forks", "Branches of the school's logs beside the first."};
  MetricFamily skew{"zimnik_hub_school_clock_skew_seconds",
                    "By how much the clock of the worst of the school's sites is wrong."};
  MetricFamily certificate{"zimnik_hub_school_certificate_end_timestamp_seconds",
                           "When the first of the certificates of the school's sites ends."};
  for (const auto* school : hub.schools()) {
    const auto surveyed = survey.of(school->id());
    if (!surveyed || !surveyed->fault.empty()) continue;
    const Labels label{{"school", school->id().hex()}};
    const auto& status = surveyed->status;
    queue.samples.push_back({label, static_cast<double>(status.queue())});
    conflicts.samples.push_back({label, static_cast<double>(status.old_conflicts)});
    forks.samples.push_back({label, static_cast<double>(status.forks)});
    const auto worst = worst_of(status);
    if (worst.skew) skew.samples.push_back({label, seconds_of(*worst.skew)});
    if (worst.certificate_end) {
      certificate.samples.push_back({label, seconds_of(worst.certificate_end->ms)});
    }
  }
  const auto sessions = OperatorStore(hub.database()).count_sessions(hub.now());
  MetricFamily operators{"zimnik_hub_console_sessions",
                         "Sessions of operators that aren't over.",
                         MetricFamily::Kind::gauge,
                         {{{}, static_cast<double>(sessions)}}};
  return {queue, conflicts, forks, skew, certificate, operators};
}

}  // namespace zimnik::hub
