// Delivery of news to families while a hub serves: one thread looks for news where schools have
// exchanged, and for digests that are due; another sends letters. Neither keeps exchanges waiting.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "hub/delivery/settings.h"
#include "hub/hub.h"

namespace zimnik::hub {

/// Works until the object goes. `hub` outlives it.
class Delivery {
 public:
  /// `log` gets lines for operators, from both threads.
  Delivery(Hub& hub, DeliverySettings settings, std::function<void(const std::string&)> log);
  ~Delivery();
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;

  /// A school has new entries; where more of them are to come soon, what came is looked at with
  /// those. Any thread; doesn't wait.
  void note_news(const sync::SchoolId& school, bool is_more_to_come);

 private:
  using Moment = std::chrono::steady_clock::time_point;

  void look(const std::stop_token& stop);
  void look_at(const sync::SchoolId& school);
  void look_for_digests(const std::stop_token& stop);
  void send(const std::stop_token& stop);
  /// Tells operators what `step` throws, and goes on: a full disk ends no thread.
  void guarded(const std::string& what, const std::function<void()>& step);
  /// Until the next look; sooner where the object goes.
  void rest(const std::stop_token& stop);

  Hub& hub_;
  const DeliverySettings settings_;
  const std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::map<sync::SchoolId, Moment> news_;  ///< from when on they are to be looked at
  std::jthread looking_, sending_;         ///< last: they use what is above
};

}  // namespace zimnik::hub
