// Which figures of a school ask for an operator's attention, and how they are written. Pure.
#pragma once

#include <optional>
#include <string>

#include "hub/school_status.h"
#include "sync/core/phrase.h"

namespace zimnik::hub {

/// From where on a figure asks for attention.
namespace attention {
inline constexpr std::int64_t kSilentMs = std::int64_t{3} * 24 * 3600 * 1000;
inline constexpr std::int64_t kSkewMs = std::int64_t{5} * 60 * 1000;
inline constexpr std::int64_t kCertificateDays = 14;
}  // namespace attention

/// A figure, and whether it asks for attention.
struct Figure {
  sync::Phrase text;
  bool is_bad = false;
};

/// How long ago that was: «12 мин», «5 ч», «3 сут»; «никогда» for nothing.
Figure ago(const std::optional<sync::Time>& time, sync::Time now);
/// The site's clock against the hub's: «+3 мин»; «—» where it wasn't seen.
Figure skew_figure(const std::optional<std::int64_t>& ms);
/// Whole days that the certificate still holds; «—» where it wasn't seen.
Figure certificate_figure(const std::optional<sync::Time>& end, sync::Time now);

/// A school's worst site for each of these.
struct Standing {
  Figure exchange, lag, queue, version, skew, forks, conflicts, certificate;

  bool asks_for_attention() const {
    return exchange.is_bad || lag.is_bad || version.is_bad || skew.is_bad || forks.is_bad ||
           conflicts.is_bad || certificate.is_bad;
  }
};
/// `schema` is the hub's own version.
Standing standing_of(const SchoolStatus& status, std::uint32_t schema, sync::Time now);

}  // namespace zimnik::hub
