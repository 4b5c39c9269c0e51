// Copies of this node's files that hold data of persons who were forgotten since.
#pragma once

#include <string>
#include <vector>

#include "node/data_folder.h"
#include "node/local_state.h"
#include "sync/store/replica.h"

namespace zimnik::node {

/// Backups of the register and automatic ones that were made before the last forgetting was seen to
/// here, in words; those too that can't be read, or looked at because their medium isn't there.
std::vector<std::string> copies_with_forgotten(const DataFolder& folder, LocalState& state,
                                               sync::Replica& replica);

}  // namespace zimnik::node
