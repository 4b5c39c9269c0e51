// Which backups of the region's folder were made, and which of them hold persons who were forgotten
// since. In hub.db, so that a hub that is restored from one knows of it. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct BackupNote {
  std::string path;            ///< its folder
  sync::Time at;               ///< when it was made
  std::int64_t forgotten = 0;  ///< the number of who was forgotten last, before it was begun
};

class BackupRegister {
 public:
  explicit BackupRegister(HubDatabase& database) : database_(database) {}

  /// The number of who was forgotten last in all the region's schools: it only grows. 0 for nobody.
  std::int64_t last_forgotten();

  /// One that is made at the same path takes the older one's place.
  void add(const BackupNote& backup);
  void remove(const std::string& path);
  /// Those that were made before the last was forgotten, the oldest first; gone by now or not.
  std::vector<BackupNote> with_forgotten();

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
