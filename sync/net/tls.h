// TLS 1.3 of servers: the context, and the choices in it (sync/net/README.md says why).
#pragma once

#include <string>

#include "sync/net/openssl.h"

namespace zimnik::net {

struct TlsOptions {
  std::string certificate_pem;  ///< the server's, then what leads up to its authority
  std::string key_pem;          ///< of the certificate
  std::string
      client_authority_pem;  ///< clients are asked for a certificate of it; empty: not asked
  /// Whether a client's certificate that has expired is refused. Off where this machine's clock
  /// isn't to be trusted.
  bool check_dates = true;
};

/// Throws sync::Refused where a certificate or key doesn't hold.
TlsContextPointer server_context(const TlsOptions& options);

/// OpenSSL's oldest error in this thread as text; clears all of them.
std::string tls_error();

}  // namespace zimnik::net
