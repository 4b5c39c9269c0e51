// The declaration of a school's journal: every table, its natural key, its merge groups and their
// policies. README.md beside this file is its dictionary; a test compares the two. Ids of tables
// and groups are append-only: what was released never changes, a new column is a new group.
//
// Days are text YYYY-MM-DD, times of day HH:MM, moments integers of milliseconds since 1970. Where
// a row has `since` and `until`, both days belong to it, and no `until` says that it lasts.
#pragma once

#include "sync/core/schema.h"

namespace zimnik::journal {

/// One object for the whole process; any thread.
const sync::Schema& journal_schema();

/// The id of a table of that name. REQUIRES: there is one.
std::uint32_t table_id(const std::string& name);

}  // namespace zimnik::journal
