// Finds what became new in a school's journal for the families who chose to be told, and queues
// letters of it. Whom it concerns, and what they may read, is asked of the journal each time.
#pragma once

#include <cstddef>
#include <set>

#include "hub/delivery/settings.h"
#include "hub/hub.h"

namespace zimnik::hub {

/// How far back news are looked for: further than the longest time without a road.
inline constexpr int kNewsDays = 60;

/// Queues letters: of absences that are new or corrected; once a day, from the digest's hour on, of
/// that day's marks; once a week of the week. A family that begins to be told of a child is told
/// nothing of what stands there by then. Gives how many letters were queued: none where the school
/// is closed. Throws std::runtime_error where it can't be read. Any thread.
std::size_t scan_school(Hub& hub, School& school, const DeliverySettings& settings);

/// An account that has just chosen begins to be told from this moment on, not from the next scan.
/// Schools that can't be read are left for that one. Any thread.
void begin_telling(Hub& hub, const DeliverySettings& settings, std::int64_t account);

/// Whether digests of the school are due, and not made. Throws as scan_school().
bool is_digest_due(Hub& hub, School& school, const DeliverySettings& settings);

/// Whose diaries the account may read in this school at this moment, by the codes that the account
/// was opened with. `database` is the school's.
std::set<std::int64_t> readable_pupils(Hub& hub, sync::Database& database,
                                       const sync::SchoolId& school, std::int64_t account);

}  // namespace zimnik::hub
