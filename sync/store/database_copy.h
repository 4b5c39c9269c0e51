// Copies of a database file, made while others read and write it.
#pragma once

#include <string>

namespace zimnik::sync {

/// Copies the database at `from` to `to`, as it was at one moment, through a read-only connection
/// of its own: whoever has it open goes on. The copy is one file that needs no other beside it, of
/// mode 0600, and takes the place of what was at `to`. Whole and durable when this returns; if it
/// throws (DatabaseError, std::system_error), nothing at `to` has changed.
void copy_database(const std::string& from, const std::string& to);

}  // namespace zimnik::sync
