#include "hub/delivery/webhook.h"

#include <curl/curl.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "hub/delivery/links.h"

namespace zimnik::hub {
namespace {

using Outcome = DeliveryReply::Outcome;

constexpr long kConnectSeconds = 10, kReplySeconds = 30;

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

Outcome outcome_of(CURLcode code, long status) {
  switch (code) {
    case CURLE_OK:
      break;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return Outcome::trouble;
    default:
      return Outcome::unsettled;
  }
  if (status >= 200 && status < 300) return Outcome::accepted;
  const bool is_for_now = status == 408 || status == 425 || status == 429 || status >= 500;
  return is_for_now ? Outcome::deferred : Outcome::refused;
}

class HeaderList {
 public:
  ~HeaderList() { curl_slist_free_all(list_); }
  void add(const std::string& line) { list_ = curl_slist_append(list_, line.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace

std::string message_body(const GatewayMessage& message) {
  return nlohmann::json{{"id", message.id},
                        {"to", message.to},
                        {"text", message.text},
                        {"language", message.language}}
      .dump();
}

std::string message_signature(const std::string& secret, std::int64_t timestamp,
                              const std::string& body) {
  return "sha256=" + hmac_sha256(secret, std::to_string(timestamp) + "." + body);
}

class Webhook::Impl {
 public:
  explicit Impl(WebhookSettings settings)
      : settings_(std::move(settings)), curl_(curl_easy_init()) {
    if (curl_ == nullptr) throw std::runtime_error("libcurl: no handle");
  }
  ~Impl() { curl_easy_cleanup(curl_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  DeliveryReply send(const GatewayMessage& message, sync::Time now) {
    const auto body = message_body(message);
    const auto timestamp = now.ms / 1000;
    HeaderList headers;
    headers.add("Content-Type: application/json");
    headers.add("Expect:");
    headers.add("X-Zimnik-Timestamp: " + std::to_string(timestamp));
    headers.add("X-Zimnik-Signature: " + message_signature(settings_.secret, timestamp, body));
    curl_easy_reset(curl_);
    char error[CURL_ERROR_SIZE] = "";
    set(CURLOPT_ERRORBUFFER, error);
    set(CURLOPT_URL, settings_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https,http");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_TIMEOUT, kReplySeconds);
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, ignore);
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_POSTFIELDS, body.c_str());
    const auto code = curl_easy_perform(curl_);
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    DeliveryReply reply;
    reply.outcome = outcome_of(code, status);
    const std::string why = error[0] != '\0' ? error : curl_easy_strerror(code);
    reply.text = code == CURLE_OK ? "HTTP " + std::to_string(status) : why;
    return reply;
  }

 private:
  template <class Option>
  void set(CURLoption option, Option value) {
    if (curl_easy_setopt(curl_, option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl: option " + std::to_string(option));
    }
  }

  const WebhookSettings settings_;
  CURL* curl_;
};

Webhook::Webhook(WebhookSettings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Webhook::~Webhook() = default;

DeliveryReply Webhook::send(const GatewayMessage& message, sync::Time now) {
  return impl_->send(message, now);
}

}  // namespace zimnik::hub
