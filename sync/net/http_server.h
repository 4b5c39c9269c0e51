// An HTTP server that may face a network: a shell round cpp-httplib, which as shipped must not. One
// thread does all input and output and waits for nobody: slow or idle sockets cost memory, within
// bounds, and no thread. A request reaches a handler when it is whole, so a handler never waits for
// a client. What the shell itself answers is one line of plain text: 400, 404, 405, 408, 411, 413,
// 414, 415, 417, 431, 500, 501, 503, 505 (sync/net/README.md).
//
// Handlers run in several threads at once. SIGPIPE is ignored in the whole process.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "sync/net/http_message.h"
#include "sync/net/limits.h"

namespace zimnik::net {

struct TlsOptions;

struct HttpOptions {
  /// "127.0.0.1:8080", "[::]:443" (IPv4 too), port 0 for a free one, or "unix:/run/some.sock" (mode
  /// 0600, an older socket there is replaced).
  std::string listen = "127.0.0.1:0";
  std::size_t threads = 32;                        ///< handlers at once
  std::size_t body_bytes = 1024 * 1024;            ///< of a request
  std::size_t anonymous_body_bytes = 1024 * 1024;  ///< of one without a client certificate
  std::size_t connections = 1024;
  /// Of one IPv4 address, of one IPv6 network (/64); a Unix socket has no such bound. One more, and
  /// one goes: an idle one, or else the one that has waited longest for its client's bytes.
  std::size_t connections_of_address = 128;
  std::chrono::milliseconds handshake_time{30'000};
  std::chrono::milliseconds request_time{30'000};    ///< from a request's first byte to its last
  std::chrono::milliseconds idle_time{60'000};       ///< between requests
  std::chrono::milliseconds response_time{120'000};  ///< from a response's first byte to its last
  /// Gets a line where a handler threw. Any thread.
  std::function<void(const std::string&)> log;
  /// What the client is told then, with status 500; else one line of text. Any thread.
  std::function<Response(const Request&)> fault;
  /// Hears of each request that came to a route, or to none, what it was told, and how long that
  /// took to make. Any thread. May be empty.
  std::function<void(const Request&, const Response&, std::chrono::nanoseconds)> answered;
};

using Handler = std::function<Response(const Request&)>;

class HttpServer {
 public:
  /// Binds its address. Throws std::system_error, and sync::Refused where TLS doesn't hold.
  explicit HttpServer(HttpOptions options);
  HttpServer(HttpOptions options, const TlsOptions& tls);
  /// As stop().
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// A pattern is a path in which {name} stands for one segment, and a last {name...} for all that
  /// is left, if only nothing. The first that fits is taken. GET answers HEAD too. What a handler
  /// throws becomes a 500 that tells nothing. REQUIRES: not started.
  HttpServer& route(const std::string& method, const std::string& pattern, Handler handler);
  /// Answers what no route does, in place of 404 and 405. REQUIRES: not started.
  HttpServer& otherwise(Handler handler);

  void start();
  /// No more requests are taken; those at work are answered, for five seconds at most. May be
  /// called twice.
  void stop();

  int port() const;                      ///< 0 for a Unix socket
  std::size_t open_connections() const;  ///< any thread

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zimnik::net
