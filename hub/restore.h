// A hub made of a backup of an earlier one: it goes on as a new site.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "hub/data_folder.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct RestoreWish {
  std::string backup;         ///< a folder that back_up() made
  std::string authority;      ///< what back_up_authority() made; or an authority.pem
  std::string revocations{};  ///< the file as it was lastly (revocations.h); empty where it is lost
};

/// Makes a hub in a folder in which there is nothing: the backup's databases, which must be as they
/// were made, and a new site's keys, certified in every school. The earlier hub's site is revoked
/// in all of them, with nothing of its work void. Tokens that weren't used and parents' sessions
/// end, and each school is closed (recovery.h). Sites that the file of revocations names are
/// revoked again, first of all. If it throws (std::runtime_error, sync::Refused), there is no hub;
/// what one that was killed has left is cleared away by the next. Schools that the backup names and
/// hasn't the files of are left out, and told. A school of which no site is to be heard is open.
void restore(const DataFolder& folder, const RestoreWish& wish, std::string_view passphrase,
             sync::Time now, std::ostream& out);

}  // namespace zimnik::hub
