// The thread that does all input and output of a server: it takes connections in, drives them, and
// lets go of those whose time is up or whose place another needs.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "sync/net/http_connection.h"
#include "sync/net/http_routes.h"
#include "sync/net/http_shell.h"
#include "sync/net/listener.h"
#include "sync/net/worker_pool.h"

namespace zimnik::net {

class HttpLoop {
 public:
  /// Everything given outlives the loop.
  HttpLoop(const HttpOptions& options, Listener& listener, SSL_CTX* context, const Routes& routes);
  ~HttpLoop();

  /// Until stop(), and then until what is under way has been answered.
  void run();
  void stop();  ///< any thread
  std::size_t open_connections() const { return open_; }

 private:
  using Id = std::uint64_t;
  struct Answer {
    Id id;
    std::string response;
  };

  void watch(int descriptor, Id id, std::uint32_t events, bool is_new);
  void forget(Id id);
  void accept_all();
  bool make_room(const std::string& network);
  bool evict(const std::string* network);
  void drive(Id id, Clock::time_point now);
  void follow(Id id, HttpConnection::Wants wants);
  void hand_over(Id id, HttpConnection& connection);
  void take_answers(Clock::time_point now);
  void let_time_run(Clock::time_point now);
  void close_what_waits();
  void wake();

  struct Held {
    std::unique_ptr<HttpConnection> connection;
    std::string network;
    std::uint32_t events = 0;
  };

  const HttpOptions& options_;
  Listener& listener_;
  SSL_CTX* context_;
  const Routes& routes_;
  HttpShell shell_;
  BodyRoom room_;
  Descriptor poll_;
  Descriptor wake_;
  Id last_id_;
  std::unordered_map<Id, Held> connections_;
  std::map<std::string, std::size_t> networks_;  ///< connections of each
  std::atomic<std::size_t> open_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::mutex answers_mutex_;
  std::vector<Answer> answers_;
  WorkerPool workers_;  ///< last: its jobs use the others
};

}  // namespace zimnik::net
