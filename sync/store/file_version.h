// The version of a small database file's tables, kept in SQLite's user_version. (A replica's file
// has the version of its schema: replica.h.)
#pragma once

#include <span>
#include <string>

#include "sync/store/database.h"

namespace zimnik::sync {

/// Brings the file at `path`, open as `database`, up to the version that has as many steps:
/// steps[n] is the SQL that takes it from version n to n + 1, the first one makes the tables. A
/// released step never changes; changes are steps of their own. Files from before versions were
/// kept count as 0, so the first step makes what is missing. All steps are one transaction; a file
/// that has a version is copied first (back_up_version). Throws FileIsNewer where the file has more
/// steps behind it, and what those throw; then the file is as it was.
void bring_up(Database& database, const std::string& path, std::span<const char* const> steps);

}  // namespace zimnik::sync
