// Opens the schools, one after another, while the hub serves: their files are brought up to this
// version's schema, and what their acts ask for is done, whatever copies were put back. A school
// that is asked for first is opened then, and makes nobody wait but its own.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "hub/hub.h"

namespace zimnik::hub {

/// Works until all are done or the object goes; a migration that is under way then is given up, and
/// its file is as it was. `log` gets lines for operators, of schools that can't be opened too.
class Migration {
 public:
  Migration(Hub& hub, std::function<void(const std::string&)> log);
  /// Until all are done. REQUIRES: is called once at most.
  void wait() { thread_.join(); }

 private:
  std::jthread thread_;
};

}  // namespace zimnik::hub
