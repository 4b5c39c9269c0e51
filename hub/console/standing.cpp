#include "hub/console/standing.h"

#include <algorithm>
#include <cstdlib>

namespace zimnik::hub {
namespace {

constexpr std::int64_t kMinuteMs = 60 * 1000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;

Figure count_figure(std::uint64_t count, bool is_bad) {
  return {{std::to_string(count)}, is_bad && count > 0};
}

}  // namespace

Figure ago(const std::optional<sync::Time>& time, sync::Time now) {
  if (!time) return {{"никогда"}, true};
  const auto ms = std::max<std::int64_t>(now.ms - time->ms, 0);
  const bool is_bad = ms > attention::kSilentMs;
  if (ms < kHourMs) return {{"{1} мин", {std::to_string(ms / kMinuteMs)}}, is_bad};
  if (ms < 2 * kDayMs) return {{"{1} ч", {std::to_string(ms / kHourMs)}}, is_bad};
  return {{"{1} сут", {std::to_string(ms / kDayMs)}}, is_bad};
}

Figure skew_figure(const std::optional<std::int64_t>& ms) {
  if (!ms) return {{"—"}};
  const auto size = std::abs(*ms);
  const std::string sign = *ms < 0 ? "−" : "+";
  const bool is_bad = size > attention::kSkewMs;
  if (size < kMinuteMs) return {{"верно"}};
  if (size < kHourMs) return {{"{1} мин", {sign + std::to_string(size / kMinuteMs)}}, is_bad};
  if (size < 2 * kDayMs) return {{"{1} ч", {sign + std::to_string(size / kHourMs)}}, is_bad};
  return {{"{1} сут", {sign + std::to_string(size / kDayMs)}}, is_bad};
}

Figure certificate_figure(const std::optional<sync::Time>& end, sync::Time now) {
  if (!end) return {{"—"}};
  const auto days = (end->ms - now.ms) / kDayMs;
  return {{"{1} сут", {std::to_string(days)}}, days < attention::kCertificateDays};
}

Standing standing_of(const SchoolStatus& status, std::uint32_t schema, sync::Time now) {
  Standing standing;
  standing.exchange = ago(status.exchange, now);
  standing.lag = ago(status.complete(), now);
  standing.queue = count_figure(status.queue(), false);
  standing.forks = count_figure(status.forks, true);
  standing.conflicts = count_figure(status.old_conflicts, true);
  standing.version = {{"—"}};
  std::optional<std::int64_t> skew;
  std::optional<std::uint32_t> oldest;
  std::optional<sync::Time> end;
  for (const auto& site : status.of_sites) {
    if (!site.is_at_work()) continue;
    if (site.schema) oldest = std::min(oldest.value_or(*site.schema), *site.schema);
    const auto& seen = site.seen;
    if (seen.skew && std::abs(*seen.skew) >= std::abs(skew.value_or(0))) skew = seen.skew;
    if (seen.certificate_end && (!end || seen.certificate_end->ms < end->ms)) {
      end = seen.certificate_end;
    }
  }
  if (oldest) standing.version = {{std::to_string(*oldest)}, *oldest < schema};
  standing.skew = skew_figure(skew);
  standing.certificate = certificate_figure(end, now);
  return standing;
}

}  // namespace zimnik::hub
