#include "sync/net/tls_watch.h"

#include <openssl/ssl.h>

namespace zimnik::net {
namespace {

/// Where a context keeps its watch.
int watch_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

TlsWatch* watch_of(const SSL* tls) {
  return static_cast<TlsWatch*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(tls), watch_index()));
}

}  // namespace

void TlsWatch::attach(SSL_CTX* context) {
  require(SSL_CTX_set_ex_data(context, watch_index(), this) == 1 &&
              SSL_CTX_set1_sigalgs_list(context, "ed25519:ECDSA+SHA256") == 1 &&
              SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") == 1,
          "TLS");
  SSL_CTX_set_msg_callback(context, on_message);
  SSL_CTX_set_msg_callback_arg(context, this);
  SSL_CTX_set_info_callback(context, on_state);
  if (SSL_CTX_get_verify_mode(context) != SSL_VERIFY_NONE) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, on_certificate);
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
  }
}

void TlsWatch::start() {
  sent_ = 0;
  received_ = 0;
  is_resumed_ = false;
  reason_.clear();
}

void TlsWatch::on_message(int is_sent, int, int type, const void* bytes, std::size_t size, SSL*,
                          void* self) {
  if (type != SSL3_RT_HEADER || size != SSL3_RT_HEADER_LENGTH) return;
  static_cast<TlsWatch*>(self)->see_record(is_sent == 1, static_cast<const unsigned char*>(bytes));
}

void TlsWatch::see_record(bool is_sent, const unsigned char* header) {
  const auto body = static_cast<std::uint64_t>(header[3] << 8 | header[4]);
  (is_sent ? sent_ : received_) += SSL3_RT_HEADER_LENGTH + body;
}

int TlsWatch::on_certificate(int is_good, X509_STORE_CTX* chain) {
  const auto* tls = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* watch = watch_of(tls);
  if (is_good != 1) {
    watch->reason_ = X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain));
    return 0;
  }
  if (X509_STORE_CTX_get_error_depth(chain) != 0) return 1;
  const auto peer = identity_of(X509_STORE_CTX_get_current_cert(chain));
  watch->peer_ = peer;
  if (peer && (!watch->server_ || peer->site == *watch->server_)) return 1;
  watch->reason_ = "the server is another site than the one that is expected";
  X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

void TlsWatch::on_state(const SSL* tls, int where, int value) {
  auto* watch = watch_of(tls);
  if ((where & SSL_CB_HANDSHAKE_DONE) != 0) {
    // It comes again with each new ticket.
    watch->is_resumed_ = SSL_session_reused(tls) == 1;
  } else if ((where & SSL_CB_ALERT) != 0 && watch->reason_.empty() &&
             (value >> 8) == SSL3_AL_FATAL) {
    const std::string whose = (where & SSL_CB_READ) != 0 ? "the server: " : "";
    watch->reason_ = whose + SSL_alert_desc_string_long(value);
  }
}

}  // namespace zimnik::net
