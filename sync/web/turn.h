// Whose turn it is: a folder's files are open in one process at a time, in a program that serves or
// in a command while it runs. Each waits for the other, for a while: a command that comes while a
// program is just starting is run there as soon as it serves, and a program that finds a command at
// work starts when that has ended.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "sync/store/file_lock.h"
#include "sync/web/control.h"

namespace zimnik::web {

inline constexpr std::chrono::seconds kTurnPatience{10};
inline constexpr std::chrono::milliseconds kTurnPause{50};

/// By who serves at `path`; else by `here`, which opens the files. Both are tried again where the
/// files are open elsewhere. Throws sync::FileIsLocked where that doesn't end, and whatever `here`
/// throws. REQUIRES: `here` has done nothing where it throws sync::FileIsLocked.
ControlReply run_in_turn(const std::string& path, const ControlCall& call, const ControlRun& here);

/// Whether anybody serves at `path`.
bool is_served(const std::string& path);

/// What `open` gives, which opens the files to serve at `path`. Tried again where they are open
/// elsewhere; `wait` hears of it once. Throws sync::FileIsLocked where that doesn't end, and at
/// once where a program serves there.
template <class Open>
auto open_in_turn(const std::string& path, Open open, const std::function<void()>& wait) {
  const auto until = std::chrono::steady_clock::now() + kTurnPatience;
  for (bool is_first = true;; is_first = false) {
    try {
      return open();
    } catch (const sync::FileIsLocked&) {
      if (is_served(path) || std::chrono::steady_clock::now() >= until) throw;
      if (is_first) wait();
    }
    std::this_thread::sleep_for(kTurnPause);
  }
}

}  // namespace zimnik::web
