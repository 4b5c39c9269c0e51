#include "sync/net/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <chrono>

#include "sync/core/bytes.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

void use_certificates(SSL_CTX* context, std::string_view pem) {
  const auto bio = reading(pem);
  const CertificatePointer own(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) {
    throw sync::Refused("not a certificate");
  }
  for (;;) {
    const CertificatePointer above(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!above) break;
    require(SSL_CTX_add1_chain_cert(context, above.get()) == 1, "chain");
  }
  ERR_clear_error();
}

void ask_for_certificates(SSL_CTX* context, const TlsOptions& options) {
  const auto authority = certificate_from(options.client_authority_pem);
  const StorePointer store(X509_STORE_new());
  require(store && X509_STORE_add_cert(store.get(), authority.get()) == 1, "store");
  SSL_CTX_set1_verify_cert_store(context, store.get());
  // Who has none may still enrol; a route that needs one looks at the request's peer.
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  if (!options.check_dates) {
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
  }
}

/// Sessions are kept here, not in tickets: a ticket carries the client's certificate, twice the
/// bytes of a resumption.
void keep_sessions(SSL_CTX* context) {
  static constexpr unsigned char kName[] = "zimnik";
  const std::chrono::seconds age = limits::kTlsSessionAge;
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_SERVER);
  SSL_CTX_sess_set_cache_size(context, limits::kTlsSessions);
  SSL_CTX_set_timeout(context, static_cast<long>(age.count()));
  // Without it no session with a client certificate is taken up again.
  require(SSL_CTX_set_session_id_context(context, kName, sizeof kName - 1) == 1, "sessions");
}

}  // namespace

TlsContextPointer server_context(const TlsOptions& options) {
  TlsContextPointer context(SSL_CTX_new(TLS_server_method()));
  require(context && SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) == 1 &&
              SSL_CTX_set1_groups_list(context.get(), "X25519:P-256") == 1,
          "TLS");
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                      SSL_MODE_RELEASE_BUFFERS);
  use_certificates(context.get(), options.certificate_pem);
  if (SSL_CTX_use_PrivateKey(context.get(), private_key_from(options.key_pem).get()) != 1) {
    throw sync::Refused("the key isn't the certificate's");
  }
  if (!options.client_authority_pem.empty()) ask_for_certificates(context.get(), options);
  keep_sessions(context.get());
  return context;
}

std::string tls_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "";
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "error " + std::to_string(code) : reason;
}

}  // namespace zimnik::net
