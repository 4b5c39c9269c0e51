#include "sync/net/channel.h"

#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace zimnik::net {
namespace {

Channel::Result socket_result(Channel::Result waiting) {
  const bool passes = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return passes ? waiting : Channel::Result::closed;
}

}  // namespace

Channel::Channel(int socket, SSL_CTX* context) : socket_(socket) {
  if (context == nullptr) return;
  tls_.reset(SSL_new(context));
  require(tls_ && SSL_set_fd(tls_.get(), socket) == 1, "TLS");
  SSL_set_accept_state(tls_.get());
}

Channel::~Channel() {
  // Else OpenSSL forgets the session of a connection that broke, and a bad link would never resume.
  if (tls_) SSL_set_shutdown(tls_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
  ::close(socket_);
}

Channel::Result Channel::tls_result(int result) {
  switch (SSL_get_error(tls_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Result::wants_read;
    case SSL_ERROR_WANT_WRITE:
      return Result::wants_write;
    default:
      is_ready_ = false;
      is_broken_ = true;
      ERR_clear_error();
      return Result::closed;
  }
}

Channel::Result Channel::handshake() {
  if (!tls_) return Result::progress;
  ERR_clear_error();
  const int result = SSL_do_handshake(tls_.get());
  if (result != 1) return tls_result(result);
  is_ready_ = true;
  return Result::progress;
}

Channel::Result Channel::read(std::string& into, std::size_t most) {
  std::array<char, 16 * 1024> part;
  const auto size = std::min(most, part.size());
  std::size_t count = 0;
  if (tls_ && !is_broken_) {
    ERR_clear_error();
    const int result = SSL_read_ex(tls_.get(), part.data(), size, &count);
    if (result != 1) return tls_result(result);
  } else {
    const auto result = ::recv(socket_, part.data(), size, 0);
    if (result < 0) return socket_result(Result::wants_read);
    if (result == 0) return Result::closed;
    count = static_cast<std::size_t>(result);
  }
  into.append(part.data(), count);
  return Result::progress;
}

Channel::Result Channel::write(std::string_view& bytes) {
  std::size_t count = 0;
  if (tls_) {
    ERR_clear_error();
    const int result = SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &count);
    if (result != 1) return tls_result(result);
  } else {
    const auto result = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (result < 0) return socket_result(Result::wants_write);
    count = static_cast<std::size_t>(result);
  }
  bytes.remove_prefix(count);
  return Result::progress;
}

void Channel::end_writing() {
  ERR_clear_error();
  if (tls_ && is_ready_) SSL_shutdown(tls_.get());
  ::shutdown(socket_, SHUT_WR);
  ERR_clear_error();
}

std::optional<PeerIdentity> Channel::peer() const {
  if (!tls_ || SSL_get_verify_result(tls_.get()) != X509_V_OK) return std::nullopt;
  const X509* certificate = SSL_get0_peer_certificate(tls_.get());
  return certificate == nullptr ? std::nullopt : identity_of(certificate);
}

std::optional<sync::Time> Channel::certificate_end() const {
  if (!peer()) return std::nullopt;
  return end_of(SSL_get0_peer_certificate(tls_.get()));
}

}  // namespace zimnik::net
