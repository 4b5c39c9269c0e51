#include "hub/write_behind.h"

#include <chrono>

namespace zimnik::hub {
namespace {

constexpr std::chrono::seconds kPause{1};

}  // namespace

WriteBehind::WriteBehind(Hub& hub, std::function<void(const std::string&)> log)
    : hub_(hub),
      log_(std::move(log)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

WriteBehind::~WriteBehind() {
  thread_.request_stop();
  thread_.join();
  write();
}

void WriteBehind::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, kPause, [] { return false; });
    }
    write();
  }
}

void WriteBehind::write() {
  const auto tried = [&](auto& store) {
    try {
      store.write();
    } catch (const std::exception& error) {
      log_(std::string("hub.db: ") + error.what());
    }
  };
  tried(hub_.accesses());
  tried(hub_.seen());
}

}  // namespace zimnik::hub
