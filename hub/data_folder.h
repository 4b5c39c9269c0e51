// Where a hub keeps what is its own. One folder, which no other program writes to.
#pragma once

#include <string>

#include "sync/core/ids.h"

namespace zimnik::hub {

struct DataFolder {
  std::string path;

  std::string authority() const { return path + "/authority.pem"; }  ///< backed up apart
  std::string site_key() const { return path + "/site.key"; }
  std::string database() const { return path + "/hub.db"; }
  /// What was revoked (revocations.h); kept apart with the authority too.
  std::string revocations() const { return path + "/revocations"; }
  /// Is there while a restore is under way: what else is here is nothing yet.
  std::string unfinished() const { return path + "/restore.unfinished"; }
  /// By which provider people may sign in (federal/provider.h); written by operators.
  std::string federal() const { return path + "/federal.json"; }
  /// How letters are delivered (delivery/settings.h); made by operators.
  std::string delivery() const { return path + "/delivery.json"; }
  std::string control_socket() const { return path + "/control.sock"; }
  std::string schools() const { return path + "/schools"; }
  std::string replica(const sync::SchoolId& id) const { return schools() + "/" + id.hex() + ".db"; }
  std::string keys(const sync::SchoolId& id) const {
    return schools() + "/" + id.hex() + ".keys.db";
  }
};

}  // namespace zimnik::hub
