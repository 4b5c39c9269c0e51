// One connection that doesn't block: a socket, with TLS over it or without. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/net/certificate.h"
#include "sync/net/openssl.h"

namespace zimnik::net {

class Channel {
 public:
  enum class Result {
    progress,     ///< something was done
    wants_read,   ///< nothing, until the socket can be read
    wants_write,  ///< nothing, until it can be written
    closed,       ///< by the peer, or broken
  };

  /// Takes a socket that doesn't block, and closes it in the end. Without a context there is no
  /// TLS.
  Channel(int socket, SSL_CTX* context);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  int socket() const { return socket_; }
  /// `progress` once it is done.
  Result handshake();
  /// Appends what there is to `into`, at most `most` bytes.
  Result read(std::string& into, std::size_t most);
  /// Takes what was written off the front of `bytes`.
  Result write(std::string_view& bytes);
  /// Says that nothing more will be written. After TLS failed what is still read is raw.
  void end_writing();

  /// Whom the client's certificate names, once the handshake is done.
  std::optional<PeerIdentity> peer() const;
  /// Until when that certificate holds; nothing where peer() gives nothing.
  std::optional<sync::Time> certificate_end() const;

 private:
  Result tls_result(int result);
  int socket_;
  TlsPointer tls_;
  bool is_ready_ = false;   ///< the handshake is done, and nothing broke
  bool is_broken_ = false;  ///< TLS failed
};

}  // namespace zimnik::net
