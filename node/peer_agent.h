// Exchanges with one peer by itself: soon after a write while the line is up, and when it is down
// tries again, always. A try that finds nobody costs a few packets, so pauses stay short: a line
// may be up for a minute.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "node/school_node.h"

namespace zimnik::node {

class PeerAgent {
 public:
  /// For this sibling, or where none is given for the hub. `log` gets a line for each change of
  /// fortune. Any thread.
  PeerAgent(SchoolNode& node, std::optional<Sibling> sibling,
            std::function<void(const std::string&)> log);
  /// Waits for the exchange that is under way. REQUIRES: the journal was stopped, or is_done().
  ~PeerAgent();
  PeerAgent(const PeerAgent&) = delete;
  PeerAgent& operator=(const PeerAgent&) = delete;

  const std::optional<Sibling>& sibling() const { return sibling_; }
  /// Begins no more exchanges. Returns at once.
  void retire() { is_retired_ = true; }
  bool is_retired() const { return is_retired_; }
  /// Whether it has retired, and its thread is at its end.
  bool is_done() const { return is_done_; }

 private:
  void run();
  /// Until the next exchange is due; false where there is to be none.
  bool wait(std::chrono::milliseconds pause);
  /// How long until the next try.
  std::chrono::milliseconds exchange();
  std::chrono::milliseconds fail(const std::string& told);
  /// As this node is now: certificates are renewed, it or a hub is restored as another site.
  net::ExchangeClient& client();

  SchoolNode& node_;
  const std::optional<Sibling> sibling_;
  const std::string name_;  ///< of the peer, for the log
  std::function<void(const std::string&)> log_;
  std::unique_ptr<net::ExchangeClient> client_;
  std::string made_for_;  ///< certificate, hub and own site with which client_ was made
  std::uint64_t known_writes_ = 0;
  int failures_ = 0;
  std::string fault_;  ///< the last one that the log was told of
  std::atomic<bool> is_retired_ = false, is_done_ = false;
  std::thread thread_;
};

}  // namespace zimnik::node
