// Exchanges by itself, with the hub and with each of the school's other nodes that it was told of:
// a thread for each, so that a bad line to one holds up no other. Which nodes these are may change
// while it works.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "node/peer_agent.h"

namespace zimnik::node {

class SyncAgent {
 public:
  /// `log` gets a line for each change of fortune. Any thread.
  SyncAgent(SchoolNode& node, std::function<void(const std::string&)> log);
  /// Waits for the exchanges that are under way.
  ~SyncAgent();
  SyncAgent(const SyncAgent&) = delete;
  SyncAgent& operator=(const SyncAgent&) = delete;

 private:
  /// Brings the siblings' agents in line with the configuration.
  void follow_configuration();

  SchoolNode& node_;
  std::function<void(const std::string&)> log_;
  PeerAgent hub_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<PeerAgent>> siblings_;  ///< those too that were retired
};

}  // namespace zimnik::node
