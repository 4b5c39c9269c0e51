// A bad link: a proxy on the loopback that counts bytes, slows them down and cuts the connection at
// a byte.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <list>
#include <mutex>
#include <thread>

#include "sync/net/listener.h"

namespace zimnik::net::test {

class Proxy {
 public:
  explicit Proxy(int target_port);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  int port() const { return listener_.port(); }
  /// Bytes a second, each way; 0 is as fast as it goes.
  void set_speed(std::uint64_t bytes) { speed_ = bytes; }
  /// Cuts the connection once so many bytes more have gone to the server (to the client); only
  /// once.
  void cut_after_sent(std::uint64_t bytes) { cut(sent_left_, bytes); }
  void cut_after_received(std::uint64_t bytes) { cut(received_left_, bytes); }
  bool has_cut() const { return has_cut_; }

  std::uint64_t sent() const { return sent_; }          ///< bytes to the server so far
  std::uint64_t received() const { return received_; }  ///< bytes to the client so far
  /// Forgets what was counted, and a cut that hasn't come.
  void reset();

 private:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  void run();
  void cut(std::atomic<std::int64_t>& left, std::uint64_t bytes) {
    cut_from_ = connections_ + 1;
    left = static_cast<std::int64_t>(bytes);
  }
  void relay(Descriptor client, int number);
  bool pass(int from, int to, std::atomic<std::uint64_t>& count, std::atomic<std::int64_t>& left,
            int number);

  int target_port_;
  Listener listener_{"127.0.0.1:0"};
  std::atomic<std::uint64_t> speed_ = 0;
  std::atomic<std::int64_t> sent_left_ = kNever;
  std::atomic<std::int64_t> received_left_ = kNever;
  std::atomic<int> cut_from_ = 0;  ///< connections from this number on
  std::atomic<bool> has_cut_ = false;
  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> received_ = 0;
  std::atomic<int> connections_ = 0;  ///< so far; never counted anew
  std::atomic<bool> is_over_ = false;
  std::list<std::thread> relays_;  ///< of thread_
  std::thread thread_;
};

/// A connection to a port of this machine.
Descriptor connect_to(int port);

}  // namespace zimnik::net::test
