#include "hub/delivery/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string_view>

#include "sync/core/encoding.h"
#include "sync/core/printable.h"

namespace zimnik::hub {
namespace {

using Outcome = DeliveryReply::Outcome;

constexpr long kConnectSeconds = 30, kReplySeconds = 60, kLetterSeconds = 300;
constexpr std::size_t kReplyBytes = 300;  // of what is kept for operators

/// Which part of the conversation the last reply belongs to.
enum class Stage : std::uint8_t { greeting, sign_in, sender, recipient, data, letter };

/// What one letter's conversation has come to.
struct Conversation {
  Stage stage = Stage::greeting;
  bool is_over = false;  ///< libcurl takes its leave, whatever came of it
  int code = 0;          ///< of the last reply in this stage; 0: none came
  std::string reply;     ///< its text
  std::string_view letter;
  std::size_t sent = 0;
  const std::function<void()>* begins = nullptr;
  std::exception_ptr failure;
  const std::stop_token* stop = nullptr;

  void enter(Stage next) {
    stage = next;
    code = 0;
  }
  void hear(std::string_view line) {
    if (is_over || line.size() < 3) return;
    const auto number = sync::from_decimal(line.substr(0, 3));
    if (!number) return;
    code = static_cast<int>(*number);
    reply = line;
  }
  void say(std::string_view command) {
    if (command.starts_with("MAIL")) enter(Stage::sender);
    if (command.starts_with("RCPT")) enter(Stage::recipient);
    if (command.starts_with("DATA")) enter(Stage::data);
    if (command.starts_with("EHLO") || command.starts_with("HELO")) enter(Stage::greeting);
    if (command.starts_with("AUTH")) enter(Stage::sign_in);
    if (command.starts_with("QUIT")) is_over = true;
  }
};

int watch(CURL*, curl_infotype type, char* bytes, std::size_t size, void* into) {
  auto& conversation = *static_cast<Conversation*>(into);
  const std::string_view text(bytes, size);
  if (type == CURLINFO_HEADER_IN) conversation.hear(text);
  if (type == CURLINFO_HEADER_OUT) conversation.say(text);
  return 0;
}

std::size_t read_letter(char* into, std::size_t size, std::size_t count, void* from) {
  auto& conversation = *static_cast<Conversation*>(from);
  if (conversation.sent == 0) {
    try {
      (*conversation.begins)();
    } catch (...) {
      conversation.failure = std::current_exception();
      return CURL_READFUNC_ABORT;
    }
    conversation.enter(Stage::letter);
  }
  const auto part = std::min(size * count, conversation.letter.size() - conversation.sent);
  std::copy_n(conversation.letter.data() + conversation.sent, part, into);
  conversation.sent += part;
  return part;
}

/// Not once the letter is on its way: then its fate would be unknown.
int keep_on(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& conversation = *static_cast<Conversation*>(of);
  return conversation.stage != Stage::letter && conversation.stop->stop_requested() ? 1 : 0;
}

Outcome outcome_of(CURLcode code, const Conversation& it) {
  if (code == CURLE_OK) return Outcome::accepted;
  const bool is_for_now = it.code >= 400 && it.code < 500;
  const bool is_for_good = it.code >= 500 && it.code < 600;
  if (it.code == 421) return Outcome::trouble;  // the server closes
  switch (it.stage) {
    case Stage::letter:
      if (is_for_good) return Outcome::refused;
      // One whose end wasn't sent can't have been accepted.
      return is_for_now || it.sent < it.letter.size() ? Outcome::deferred : Outcome::unsettled;
    case Stage::recipient:
    case Stage::data:
      return is_for_good ? Outcome::refused : is_for_now ? Outcome::deferred : Outcome::trouble;
    default:
      return Outcome::trouble;
  }
}

/// Without the address, and its local part, which servers repeat.
std::string without(std::string text, const std::string& address) {
  for (auto at = text.find(address); at != text.npos; at = text.find(address)) {
    text.replace(at, address.size(), "…");
  }
  return text;
}

std::string reply_text(CURLcode code, const Conversation& it, const char* error,
                       const std::string& to) {
  std::string text = it.code != 0 ? it.reply : error[0] != '\0' ? error : curl_easy_strerror(code);
  text = without(sync::one_line(text.substr(0, kReplyBytes)), to);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

class AddressList {
 public:
  explicit AddressList(const std::string& address)
      : list_(curl_slist_append(nullptr, address.c_str())) {}
  ~AddressList() { curl_slist_free_all(list_); }
  AddressList(const AddressList&) = delete;
  AddressList& operator=(const AddressList&) = delete;
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_;
};

}  // namespace

bool is_on_this_machine(const std::string& url) {
  const auto from = url.find("://");
  if (from == url.npos) return false;
  const auto rest = url.substr(from + 3);
  for (const std::string host : {"127.0.0.1", "[::1]", "localhost"}) {
    if (!rest.starts_with(host)) continue;
    const auto after = rest.substr(host.size(), 1);
    if (after.empty() || after == ":" || after == "/") return true;
  }
  return false;
}

class SmtpClient::Impl {
 public:
  Impl(SmtpServer server, std::stop_token stop)
      : server_(std::move(server)), stop_(std::move(stop)) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    curl_ = curl_easy_init();
    if (curl_ == nullptr) throw std::runtime_error("libcurl: no handle");
  }
  ~Impl() { curl_easy_cleanup(curl_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  DeliveryReply send(const std::string& from, const std::string& to, const std::string& letter,
                     const std::function<void()>& begins) {
    Conversation conversation;
    conversation.letter = letter;
    conversation.begins = &begins;
    conversation.stop = &stop_;
    const AddressList recipients("<" + to + ">");
    curl_easy_reset(curl_);
    set_up_connection();
    set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_READDATA, &conversation);
    set(CURLOPT_DEBUGDATA, &conversation);
    set(CURLOPT_XFERINFODATA, &conversation);
    const auto code = curl_easy_perform(curl_);
    if (conversation.failure) std::rethrow_exception(conversation.failure);
    DeliveryReply reply;
    reply.outcome = outcome_of(code, conversation);
    reply.is_of_address =
        reply.outcome == Outcome::refused && conversation.stage == Stage::recipient;
    reply.text = reply_text(code, conversation, error_, to);
    return reply;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(curl_, option, value) != CURLE_OK) {
      throw std::runtime_error("libcurl: option " + std::to_string(option));
    }
  }

  void set_up_connection() {
    error_[0] = '\0';
    set(CURLOPT_URL, server_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, error_);
    set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, kReplySeconds);
    set(CURLOPT_TIMEOUT, kLetterSeconds);
    set(CURLOPT_USE_SSL,
        static_cast<long>(is_on_this_machine(server_.url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!server_.user.empty()) {
      set(CURLOPT_USERNAME, server_.user.c_str());
      set(CURLOPT_PASSWORD, server_.password.c_str());
    }
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, read_letter);
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, watch);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, keep_on);
  }

  const SmtpServer server_;
  const std::stop_token stop_;
  CURL* curl_ = nullptr;
  char error_[CURL_ERROR_SIZE] = "";
};

SmtpClient::SmtpClient(SmtpServer server, std::stop_token stop)
    : impl_(std::make_unique<Impl>(std::move(server), std::move(stop))) {}
SmtpClient::~SmtpClient() = default;

DeliveryReply SmtpClient::send(const std::string& from, const std::string& to,
                               const std::string& letter, const std::function<void()>& begins) {
  return impl_->send(from, to, letter, begins);
}

}  // namespace zimnik::hub
