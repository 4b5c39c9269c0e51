// Whether the tables of a file that somebody else made are what they are taken for.
#pragma once

#include <string>
#include <vector>

#include "sync/store/database.h"

namespace zimnik::sync {

/// Names of the tables of `model` that are in `file` as something else: a view, a virtual table, or
/// one with other columns. Those that aren't in the file aren't named. Nothing is read but what the
/// file says of itself.
std::vector<std::string> misshapen_tables(Database& file, Database& model);

}  // namespace zimnik::sync
