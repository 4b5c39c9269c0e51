// What one save at a replica must have written, by the laws and by what its command did.
#pragma once

#include <set>
#include <vector>

#include "tests/property/peer.h"
#include "tests/property/random_command.h"

namespace zimnik::property {

/// All that is known of one save.
struct SaveRecord {
  const Peer& peer;
  const sync::Entry& entry;
  const std::vector<RowDeed>& deeds;
  model::World before;  ///< what the replica held before
  std::vector<model::Arrived> held_before;
};

/// Fails the property unless the leaves are what the command did: the right cells, with the values
/// that were typed, over what the page had seen; and the answer says whether there are any.
void check_save(const SaveRecord& save, sync::Saved answer,
                const std::vector<model::Arrived>& written);
/// Fails the property unless there was a reason to refuse the command.
void check_refusal(const SaveRecord& save);

}  // namespace zimnik::property
