#include "sync/net/http_connection.h"

#include <algorithm>

#include "sync/net/http_shell.h"

namespace zimnik::net {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
/// What is still read of a client that was refused, so that it gets to read why.
constexpr std::chrono::seconds kDrainTime{2};
constexpr std::size_t kDrainBytes = 16 * 1024 * 1024;
constexpr std::size_t kReadBytes = 16 * 1024;

}  // namespace

HttpConnection::HttpConnection(int socket, std::string address, SSL_CTX* context,
                               const HttpOptions& options, BodyRoom& room)
    : options_(options),
      room_(room),
      channel_(socket, context),
      address_(std::move(address)),
      deadline_(Clock::now() + options.handshake_time),
      last_read_(Clock::now()) {}

HttpConnection::~HttpConnection() { release_room(); }

void HttpConnection::release_room() {
  room_.give_back(reserved_);
  reserved_ = 0;
}

HttpConnection::Wants HttpConnection::close() {
  state_ = State::closed;
  return Wants::close;
}

HttpConnection::Wants HttpConnection::advance(Clock::time_point now) {
  switch (state_) {
    case State::handshake:
      return shake_hands(now);
    case State::reading:
      return read(now);
    case State::working:
      return Wants::answer;
    case State::writing:
      return write(now);
    case State::draining:
      return drain();
    case State::closed:
      break;
  }
  return Wants::close;
}

HttpConnection::Wants HttpConnection::shake_hands(Clock::time_point now) {
  switch (channel_.handshake()) {
    case Channel::Result::wants_read:
      return Wants::read;
    case Channel::Result::wants_write:
      return Wants::write;
    case Channel::Result::closed:
      return end(now);
    case Channel::Result::progress:
      break;
  }
  peer_ = channel_.peer();
  certificate_end_ = channel_.certificate_end();
  state_ = State::reading;
  deadline_ = now + options_.idle_time;
  return read(now);
}

HttpConnection::Wants HttpConnection::read(Clock::time_point now) {
  for (;;) {
    switch (frame(now)) {
      case Frame::whole:
        state_ = State::working;
        return Wants::handler;
      case Frame::refused:
        return write(now);
      case Frame::incomplete:
        break;
    }
    const bool is_first = in_.empty();
    switch (channel_.read(in_, std::min(missing_bytes(), kReadBytes))) {
      case Channel::Result::wants_read:
        return Wants::read;
      case Channel::Result::wants_write:
        return Wants::write;
      case Channel::Result::closed:
        return close();
      case Channel::Result::progress:
        break;
    }
    last_read_ = now;
    if (is_first) deadline_ = now + options_.request_time;
  }
}

std::size_t HttpConnection::missing_bytes() const {
  if (head_bytes_ == 0) return limits::kHeadBytes + 1 - in_.size();
  return head_bytes_ + head_.body_bytes - in_.size();
}

HttpConnection::Frame HttpConnection::frame(Clock::time_point now) {
  if (head_bytes_ == 0) {
    const auto result = frame_head(now);
    if (result != Frame::whole) return result;
  }
  return in_.size() >= head_bytes_ + head_.body_bytes ? Frame::whole : Frame::incomplete;
}

HttpConnection::Frame HttpConnection::frame_head(Clock::time_point now) {
  const auto place = in_.find(kHeadEnd, searched_);
  const bool is_found = place != std::string::npos;
  if ((is_found ? place + kHeadEnd.size() : in_.size()) > limits::kHeadBytes) {
    return refuse(431, "the head of the request is too large", now);
  }
  if (!is_found) {
    searched_ = in_.size() < kHeadEnd.size() ? 0 : in_.size() - kHeadEnd.size() + 1;
    return Frame::incomplete;
  }
  const auto size = place + kHeadEnd.size();
  head_ = {};
  const auto refusal = read_head(std::string_view(in_).substr(0, size), head_);
  if (refusal.status != 0) return refuse(refusal.status, refusal.reason, now);
  const auto most = peer_ ? options_.body_bytes : options_.anonymous_body_bytes;
  if (head_.body_bytes > most) return refuse(413, "the request is too large", now);
  if (!room_.take(head_.body_bytes)) return refuse(503, "too much to do", now);
  reserved_ = head_.body_bytes;
  head_bytes_ = size;
  return Frame::whole;
}

HttpConnection::Frame HttpConnection::refuse(int status, const char* reason,
                                             Clock::time_point now) {
  start_writing(HttpShell::refusal(status, reason), false, now);
  return Frame::refused;
}

WholeRequest HttpConnection::take_request() {
  WholeRequest whole{std::move(head_), {}};
  whole.request.headers = whole.head.headers;
  whole.request.body = in_.substr(head_bytes_, whole.head.body_bytes);
  whole.request.remote_address = address_;
  whole.request.peer = peer_;
  whole.request.certificate_end = certificate_end_;
  in_.erase(0, head_bytes_ + whole.head.body_bytes);
  keep_alive_ = whole.head.keep_alive;
  searched_ = 0;
  head_bytes_ = 0;
  return whole;
}

HttpConnection::Wants HttpConnection::answer(std::string response, Clock::time_point now) {
  release_room();
  has_served_ = true;
  start_writing(std::move(response), keep_alive_, now);
  return write(now);
}

void HttpConnection::start_writing(std::string bytes, bool keep_alive, Clock::time_point now) {
  out_ = std::move(bytes);
  out_done_ = 0;
  keep_alive_ = keep_alive;
  state_ = State::writing;
  deadline_ = now + options_.response_time;
}

HttpConnection::Wants HttpConnection::write(Clock::time_point now) {
  while (out_done_ < out_.size()) {
    std::string_view left = std::string_view(out_).substr(out_done_);
    const auto result = channel_.write(left);
    out_done_ = out_.size() - left.size();
    if (result == Channel::Result::closed) return close();
    if (result == Channel::Result::wants_read) return Wants::read;
    if (result == Channel::Result::wants_write) return Wants::write;
  }
  out_ = {};
  last_read_ = now;
  if (keep_alive_) {
    state_ = State::reading;
    deadline_ = now + (in_.empty() ? options_.idle_time : options_.request_time);
    return read(now);
  }
  return end(now);
}

/// A socket that is closed while bytes wait in it is reset, and the client may lose what it was
/// told: the response, or the alert.
HttpConnection::Wants HttpConnection::end(Clock::time_point now) {
  channel_.end_writing();
  state_ = State::draining;
  deadline_ = now + kDrainTime;
  return drain();
}

HttpConnection::Wants HttpConnection::drain() {
  while (drained_ < kDrainBytes) {
    in_.clear();
    switch (channel_.read(in_, kReadBytes)) {
      case Channel::Result::wants_read:
        return Wants::read;
      case Channel::Result::wants_write:
        return Wants::write;
      case Channel::Result::closed:
        return close();
      case Channel::Result::progress:
        drained_ += in_.size();
    }
  }
  return close();
}

HttpConnection::Wants HttpConnection::time_out(Clock::time_point now) {
  if (state_ != State::reading || in_.empty()) {
    if (state_ == State::reading) channel_.end_writing();
    return close();
  }
  refuse(408, "the request took too long", now);
  return write(now);
}

std::optional<Clock::time_point> HttpConnection::waiting_since() const {
  if (state_ == State::working || state_ == State::writing) return std::nullopt;
  return last_read_;
}

}  // namespace zimnik::net
