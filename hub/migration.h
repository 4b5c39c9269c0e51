// Brings the schools' files up to this version's schema, one after another, while the hub serves: a
// school that is asked for first is brought up then, and makes nobody wait but its own.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "hub/hub.h"

namespace zimnik::hub {

/// Works until all are done or the object goes; a migration that is under way then is given up, and
/// its file is as it was. `log` gets lines for operators, of schools that can't be brought up too.
class Migration {
 public:
  Migration(Hub& hub, std::function<void(const std::string&)> log);
  /// Until all are done. REQUIRES: is called once at most.
  void wait() { thread_.join(); }

 private:
  std::jthread thread_;
};

}  // namespace zimnik::hub
