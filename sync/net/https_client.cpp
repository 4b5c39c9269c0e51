#include "sync/net/https_client.h"

#include <curl/curl.h>

#include <mutex>

#include "sync/core/bytes.h"
#include "sync/net/limits.h"
#include "sync/net/tls_watch.h"

namespace zimnik::net {
namespace {

using Outcome = HttpsReply::Outcome;

struct Collected {
  std::string body;
  std::size_t most = 0;
  bool is_too_large = false;
};

std::size_t collect(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& collected = *static_cast<Collected*>(into);
  if (size * count > collected.most - collected.body.size()) {
    collected.is_too_large = true;
    return 0;
  }
  collected.body.append(bytes, size * count);
  return size * count;
}

CURLcode prepare_tls(CURL*, void* context, void* watch) {
  static_cast<TlsWatch*>(watch)->attach(static_cast<SSL_CTX*>(context));
  return CURLE_OK;
}

curl_blob blob(const std::string& bytes) {
  return {const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
}

/// Whether what came wasn't TLS as it should be; an end of the connection isn't meant.
bool is_tls_error(std::string_view error) {
  return error.find("SSL routines") != std::string_view::npos &&
         error.find("unexpected eof") == std::string_view::npos;
}

Outcome outcome_of(CURLcode code, const TlsWatch& watch, std::string_view error) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return Outcome::unreachable;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
      return Outcome::tls;
    case CURLE_OPERATION_TIMEDOUT:
      return watch.saw_bytes() ? Outcome::broken_off : Outcome::unreachable;
    default:
      // libcurl calls a connection that broke during the handshake a TLS error too.
      return watch.was_refused() || is_tls_error(error) ? Outcome::tls : Outcome::broken_off;
  }
}

class HeaderList {
 public:
  ~HeaderList() { curl_slist_free_all(list_); }
  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

double seconds(CURL* curl, CURLINFO info) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(curl, info, &microseconds);
  return static_cast<double>(microseconds) / 1e6;
}

}  // namespace

class HttpsClient::Impl {
 public:
  explicit Impl(HttpsOptions options) : options_(std::move(options)), watch_(options_.server) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    sessions_ = curl_share_init();
    if (sessions_ == nullptr ||
        curl_share_setopt(sessions_, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION) != CURLSHE_OK) {
      throw std::runtime_error("libcurl: no memory of sessions");
    }
  }
  ~Impl() {
    close_connections();
    curl_share_cleanup(sessions_);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  HttpsReply call(const std::string& url, std::string_view content_type,
                  std::optional<std::string_view> body, std::size_t most) {
    Collected collected;
    collected.most = most;
    HeaderList headers;
    headers.add("Accept:");
    headers.add("Expect:");
    if (body) headers.add("Content-Type: " + std::string(content_type));
    open();
    set_up_connection(url);
    set_up_tls();
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, collect);
    set(CURLOPT_WRITEDATA, &collected);
    if (body) {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
      set(CURLOPT_POSTFIELDS, body->data());
    }
    watch_.start();
    const auto code = curl_easy_perform(curl_);
    return report(code, std::move(collected));
  }

  /// The handle keeps connections, sessions_ the TLS sessions.
  void close_connections() {
    curl_easy_cleanup(curl_);
    curl_ = nullptr;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl_, option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl: option " + std::to_string(option));
    }
  }

  void open() {
    if (curl_ == nullptr) curl_ = curl_easy_init();
    if (curl_ == nullptr) throw std::runtime_error("libcurl: no handle");
    curl_easy_reset(curl_);
    set(CURLOPT_SHARE, sessions_);
  }

  void set_up_connection(const std::string& url) {
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(options_.connect_time.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options_.stall_time.count()));
    set(CURLOPT_MAXCONNECTS, 1L);
    set(CURLOPT_ERRORBUFFER, error_);
    error_[0] = '\0';
  }

  void set_up_tls() {
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    set(CURLOPT_SSL_EC_CURVES, "X25519");
    set(CURLOPT_SSL_VERIFYHOST, 0L);
    set(CURLOPT_SSL_CTX_FUNCTION, prepare_tls);
    set(CURLOPT_SSL_CTX_DATA, &watch_);
    if (options_.authority_pem.empty()) {
      set(CURLOPT_SSL_VERIFYPEER, 0L);
    } else {
      auto authority = blob(options_.authority_pem);
      set(CURLOPT_CAINFO_BLOB, &authority);
    }
    if (!options_.certificate_pem.empty()) {
      auto certificate = blob(options_.certificate_pem);
      auto key = blob(options_.key_pem);
      set(CURLOPT_SSLCERT_BLOB, &certificate);
      set(CURLOPT_SSLKEY_BLOB, &key);
    }
  }

  HttpsReply report(CURLcode code, Collected collected) {
    HttpsReply reply;
    long status = 0;
    long connections = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &connections);
    reply.bytes_sent = watch_.sent();
    reply.bytes_received = watch_.received();
    reply.new_connection = connections > 0;
    reply.resumed = watch_.is_resumed();
    reply.peer = watch_.peer();
    reply.seconds =
        seconds(curl_, CURLINFO_TOTAL_TIME_T) - seconds(curl_, CURLINFO_PRETRANSFER_TIME_T);
    if (code != CURLE_OK) {
      reply.outcome = outcome_of(code, watch_, error_);
      reply.error = watch_.reason();
      if (reply.error.empty()) reply.error = error_[0] != '\0' ? error_ : curl_easy_strerror(code);
      if (collected.is_too_large) reply.error = "a reply that is too large";
      return reply;
    }
    reply.status = static_cast<int>(status);
    reply.outcome = status >= 200 && status < 300 ? Outcome::answered : Outcome::refused;
    reply.body = std::move(collected.body);
    return reply;
  }

  HttpsOptions options_;
  TlsWatch watch_;
  CURLSH* sessions_ = nullptr;
  CURL* curl_ = nullptr;
  char error_[CURL_ERROR_SIZE] = "";
};

HttpsClient::HttpsClient(HttpsOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
HttpsClient::~HttpsClient() = default;

HttpsReply HttpsClient::post(const std::string& url, std::string_view content_type,
                             std::string_view body, std::size_t most) {
  return impl_->call(url, content_type, body, most);
}

HttpsReply HttpsClient::get(const std::string& url, std::size_t most) {
  return impl_->call(url, "", std::nullopt, most);
}

void HttpsClient::close_connections() { impl_->close_connections(); }

std::string fetch_authority(const std::string& url, const Fingerprint& fingerprint) {
  HttpsClient client(HttpsOptions{});
  auto reply = client.get(url, limits::kPemBytes);
  if (reply.outcome != Outcome::answered) {
    throw std::runtime_error(url + ": " + (reply.error.empty() ? reply.body : reply.error));
  }
  if (read_certificate(reply.body).fingerprint != fingerprint) {
    throw sync::Refused("the server belongs to another authority than the one that is expected");
  }
  return reply.body;
}

}  // namespace zimnik::net
