// Writes what pages noted in memory, every second and at the end: looks at records, and what was
// seen of diaries. So a page never waits for the disk; what a crash takes is a second's notes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "hub/hub.h"

namespace zimnik::hub {

class WriteBehind {
 public:
  /// Both outlive it. `log` gets a line where it can't be written; it is tried again.
  WriteBehind(Hub& hub, std::function<void(const std::string&)> log);
  ~WriteBehind();
  WriteBehind(const WriteBehind&) = delete;
  WriteBehind& operator=(const WriteBehind&) = delete;

 private:
  void run(const std::stop_token& stop);
  void write();

  Hub& hub_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace zimnik::hub
