// Entries of logs as people read them in a terminal.
#pragma once

#include <string>

#include "sync/core/row.h"
#include "sync/core/schema.h"
#include "sync/core/transaction.h"

namespace zimnik::journal {

/// «value 5, weight 1», or what was done instead. REQUIRES: the group is of the table, or null.
std::string cell_text(const sync::Group* group, sync::Op op, std::span<const sync::Value> values);
/// «25.11.2026 14:05:33, teacher (subject_teacher), устройство desk».
std::string origin_text(const sync::Origin& origin, sync::Time time);
/// «узел 1847038abb1f24bf…, запись 5 общего журнала».
std::string place_text(const sync::LogId& log, std::uint64_t seq);
/// What has become of a version.
const char* status_text(sync::Status status);
/// ДД.ММ.ГГГГ ЧЧ:ММ:СС, in the time of Yekaterinburg; a number where a calendar has no such day.
std::string second_text(sync::Time time);

}  // namespace zimnik::journal
