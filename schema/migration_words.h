// What an operator reads of a file that is brought up to a newer schema.
#pragma once

#include <functional>
#include <string>

#include "sync/store/replica.h"

namespace zimnik::journal {

/// Says that the migration of `what` (a file, a school) begins, where the copy of the file lies,
/// and, of one that takes longer than a few seconds, how far it has come.
sync::MigrationTold say_migration(const std::string& what,
                                  std::function<void(const std::string&)> say);

}  // namespace zimnik::journal
