// Exchanges by itself: soon after a write while the line is up, and when it is down tries again,
// always. A try that finds nobody costs a few packets, so pauses stay short: a line may be up for a
// minute.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "node/school_node.h"

namespace zimnik::node {

class SyncAgent {
 public:
  /// `log` gets a line for each change of fortune. Any thread.
  SyncAgent(SchoolNode& node, std::function<void(const std::string&)> log);
  ~SyncAgent();
  SyncAgent(const SyncAgent&) = delete;
  SyncAgent& operator=(const SyncAgent&) = delete;

 private:
  void run();
  /// How long until the next try.
  std::chrono::milliseconds exchange();

  SchoolNode& node_;
  std::function<void(const std::string&)> log_;
  std::unique_ptr<net::ExchangeClient> hub_;
  std::vector<std::unique_ptr<net::ExchangeClient>> siblings_;
  int failures_ = 0;
  std::atomic<bool> is_stopped_ = false;
  std::thread thread_;
};

/// For people: how an exchange ended.
std::string describe(const net::ExchangeReport& report);

}  // namespace zimnik::node
