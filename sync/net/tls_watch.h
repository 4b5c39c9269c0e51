// What goes on in a client's TLS connection: bytes both ways, whether a session was resumed,
// whether one side refused the other, and whether the server is the site that it should be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/net/certificate.h"
#include "sync/net/openssl.h"

namespace zimnik::net {

class TlsWatch {
 public:
  explicit TlsWatch(std::optional<sync::SiteId> server) : server_(server) {}
  TlsWatch(const TlsWatch&) = delete;
  TlsWatch& operator=(const TlsWatch&) = delete;

  /// Sets up a context, which this object must outlive.
  void attach(SSL_CTX* context);
  /// Counts anew.
  void start();

  std::uint64_t sent() const { return sent_; }
  std::uint64_t received() const { return received_; }
  bool saw_bytes() const { return received_ > 0; }
  bool is_resumed() const { return is_resumed_; }
  bool was_refused() const { return !reason_.empty(); }
  const std::string& reason() const { return reason_; }
  /// Whom the server's certificate named at the last whole handshake, let in or not.
  const std::optional<PeerIdentity>& peer() const { return peer_; }

 private:
  static void on_message(int is_sent, int version, int type, const void* bytes, std::size_t size,
                         SSL* tls, void* self);
  static int on_certificate(int is_good, X509_STORE_CTX* chain);
  static void on_state(const SSL* tls, int where, int value);
  void see_record(bool is_sent, const unsigned char* header);

  std::optional<sync::SiteId> server_;
  std::uint64_t sent_ = 0;
  std::uint64_t received_ = 0;
  bool is_resumed_ = false;
  std::string reason_;
  std::optional<PeerIdentity> peer_;
};

}  // namespace zimnik::net
