// What a person decides about a cell that is listed. An ordinary write over all that the page has
// seen; errors as in lesson.h.
#pragma once

#include <string>
#include <vector>

#include "sync/core/value.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// The cell as it is shown stays. Refuses where there is no such row.
void keep_shown(sync::Command& command, const std::string& table, const sync::Key& key,
                const std::string& group);
/// Another version's values, as history() gives them, become the cell's.
void choose_version(sync::Command& command, const std::string& table, const sync::Key& key,
                    const std::string& group, const std::vector<sync::Value>& values);
/// A row that was deleted and edited stays, or goes.
void keep_listed_row(sync::Command& command, const std::string& table, const sync::Key& key);
void discard_listed_row(sync::Command& command, const std::string& table, const sync::Key& key);

}  // namespace zimnik::journal
