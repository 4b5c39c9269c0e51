// How often somebody may be wrong. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::web {

/// After so many failures under a name nobody of that name is heard, until none was noted for ten
/// minutes.
class Throttle {
 public:
  explicit Throttle(int failures) : most_(failures) {}

  bool is_barred(const std::string& name, sync::Time now);
  void note_failure(const std::string& name, sync::Time now);
  void forget(const std::string& name);

 private:
  struct Failures {
    int count = 0;
    sync::Time last;
  };
  void drop_old(sync::Time now);

  const int most_;
  std::mutex mutex_;
  std::map<std::string, Failures> failures_;  ///< of the last ten minutes
  sync::Time dropped_;
};

}  // namespace zimnik::web
