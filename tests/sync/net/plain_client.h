// A client that sends any bytes whatever, without TLS.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "sync/net/listener.h"

namespace zimnik::net::test {

class PlainClient {
 public:
  explicit PlainClient(int port);
  /// Over a Unix socket.
  explicit PlainClient(const std::string& path);

  /// Whether all was taken.
  bool send(std::string_view bytes);
  /// What comes until the server closes, or until nothing came for so long.
  std::string receive_all(std::chrono::milliseconds wait = std::chrono::seconds(10));
  /// One response whole, with the head; the connection stays.
  std::string receive_response();
  /// Sends and receives until the server closes.
  std::string ask(std::string_view bytes);
  void close() { socket_ = Descriptor(); }

 private:
  bool receive_some(std::string& into, std::chrono::milliseconds wait);
  Descriptor socket_;
  std::string rest_;
};

/// Of a response's first line; 0 where there is none.
int status_of(std::string_view response);
std::string body_of(std::string_view response);

}  // namespace zimnik::net::test
