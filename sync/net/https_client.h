// The client's side of a connection between sites: HTTPS with a client certificate, to a server
// whose certificate the region's authority issued. Connections are kept open between calls, and TLS
// sessions for as long as the object lives. One thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sync/net/certificate.h"

namespace zimnik::net {

struct HttpsOptions {
  std::string authority_pem;    ///< whose certificates are believed; pinned
  std::string certificate_pem;  ///< this side's; empty where it has none yet
  std::string key_pem;
  /// The server must be this site; else any site of the authority. Its name isn't looked at, nor
  /// the certificate's dates: a school's clock may be years off.
  std::optional<sync::SiteId> server;
  std::chrono::seconds connect_time{10};
  std::chrono::seconds stall_time{60};  ///< without a byte, the server's work included
};

struct HttpsReply {
  enum class Outcome {
    answered,     ///< with a status of 2xx
    refused,      ///< with another status: `body` says why
    unreachable,  ///< nobody there, or no road
    tls,          ///< one side doesn't take the other's certificate, or isn't TLS 1.3 at all
    broken_off,   ///< the connection broke, or nothing came for too long
  };
  Outcome outcome = Outcome::unreachable;
  int status = 0;
  std::string body;
  std::string error;  ///< for operators, where nothing was answered

  std::uint64_t bytes_sent = 0;      ///< of this call: all above TCP, TLS included
  std::uint64_t bytes_received = 0;  ///< likewise
  double seconds = 0;                ///< from the request's first byte to the reply's last
  bool new_connection = false;
  bool resumed = false;  ///< a new connection took up an earlier one's TLS session
  /// Whom the server's certificate names; the authority issued it. Nothing where none was seen yet.
  std::optional<PeerIdentity> peer;
};

class HttpsClient {
 public:
  explicit HttpsClient(HttpsOptions options);
  ~HttpsClient();
  HttpsClient(const HttpsClient&) = delete;
  HttpsClient& operator=(const HttpsClient&) = delete;

  /// `most` bounds the reply's body in bytes. Doesn't throw where the network fails.
  HttpsReply post(const std::string& url, std::string_view content_type, std::string_view body,
                  std::size_t most);
  HttpsReply get(const std::string& url, std::size_t most);
  /// Closes connections that are open; sessions stay.
  void close_connections();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The authority's certificate (PEM), asked of a server that isn't known yet, over a connection
/// that proves nothing: it is believed for its fingerprint. Throws sync::Refused where that is
/// another, std::runtime_error where nobody answers.
std::string fetch_authority(const std::string& url, const Fingerprint& fingerprint);

}  // namespace zimnik::net
