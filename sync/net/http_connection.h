// One connection of the server: from bytes to a whole request, from a response to bytes. It never
// blocks; who drives it asks what it waits for. One thread.
#pragma once

#include <chrono>
#include <string>

#include "sync/net/channel.h"
#include "sync/net/http_head.h"
#include "sync/net/http_server.h"

namespace zimnik::net {

using Clock = std::chrono::steady_clock;

/// How many bytes of request bodies a server still has room for.
class BodyRoom {
 public:
  bool take(std::size_t bytes) {
    if (bytes > limits::kBufferBytes - used_) return false;
    used_ += bytes;
    return true;
  }
  void give_back(std::size_t bytes) { used_ -= bytes; }

 private:
  std::size_t used_ = 0;
};

/// A request that is whole.
struct WholeRequest {
  RequestHead head;
  Request request;  ///< with body, headers, address and peer
};

class HttpConnection {
 public:
  enum class Wants { read, write, handler, answer, close };

  HttpConnection(int socket, std::string address, SSL_CTX* context, const HttpOptions& options,
                 BodyRoom& room);
  ~HttpConnection();

  /// Goes on as far as it can without waiting.
  Wants advance(Clock::time_point now);
  /// REQUIRES: it wants a handler. From then on it wants an answer.
  WholeRequest take_request();
  /// The response's bytes. REQUIRES: it wants an answer.
  Wants answer(std::string response, Clock::time_point now);
  /// Its time is up: says so where a request was under way.
  Wants time_out(Clock::time_point now);

  int socket() const { return channel_.socket(); }
  const std::string& address() const { return address_; }
  Clock::time_point deadline() const { return deadline_; }
  /// Since when it has waited for bytes of its client; nothing while it is at work.
  std::optional<Clock::time_point> waiting_since() const;
  /// Whether its client loses nothing with it.
  bool is_between_requests() const {
    return (state_ == State::reading && in_.empty() && has_served_) || state_ == State::draining;
  }

 private:
  enum class State { handshake, reading, working, writing, draining, closed };
  enum class Frame { incomplete, whole, refused };

  Wants shake_hands(Clock::time_point now);
  Wants read(Clock::time_point now);
  Wants write(Clock::time_point now);
  Wants end(Clock::time_point now);
  Wants drain();
  Wants close();
  Frame frame(Clock::time_point now);
  Frame frame_head(Clock::time_point now);
  Frame refuse(int status, const char* reason, Clock::time_point now);
  std::size_t missing_bytes() const;
  void start_writing(std::string bytes, bool keep_alive, Clock::time_point now);
  void release_room();

  const HttpOptions& options_;
  BodyRoom& room_;
  Channel channel_;
  std::string address_;
  std::optional<PeerIdentity> peer_;
  std::optional<sync::Time> certificate_end_;
  State state_ = State::handshake;
  Clock::time_point deadline_;
  Clock::time_point last_read_;

  std::string in_;
  std::size_t searched_ = 0;    ///< bytes of in_ in which the head's end isn't
  std::size_t head_bytes_ = 0;  ///< of the request under way, once its head is read
  RequestHead head_;
  std::size_t reserved_ = 0;  ///< bytes taken of room_

  std::string out_;
  std::size_t out_done_ = 0;
  bool keep_alive_ = true;
  bool has_served_ = false;  ///< a request at least
  std::size_t drained_ = 0;
};

}  // namespace zimnik::net
