// Copies of databases that hold data of persons who were forgotten since they were made.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace zimnik::journal {

/// What gives, in a copy of a database, how many persons it has forgotten.
struct ForgottenCount {
  const char* sql;
};
/// Of a replica: those of whom nothing is left in the file.
inline constexpr ForgottenCount kInReplica{
    "SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM zimnik_meta WHERE name = 'scrubbed'"};
inline constexpr ForgottenCount kInKeys{"SELECT count(*) FROM forgotten"};

/// Whether the copy has forgotten fewer persons than that, or can't be read. REQUIRES: there is
/// one.
bool holds_forgotten(const std::string& copy, ForgottenCount count, std::int64_t forgotten);
/// Adds the paths of automatic copies (sync/store/automatic_backup.h) of the database that do.
void add_automatic_copies(const std::string& database, ForgottenCount count, std::int64_t forgotten,
                          std::vector<std::string>& paths);

/// A line on each: it has to be destroyed.
void name_copies(const std::vector<std::string>& paths, std::ostream& out);

}  // namespace zimnik::journal
