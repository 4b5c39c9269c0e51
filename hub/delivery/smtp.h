// Hands a letter to a mail server (RFC 5321), by libcurl. What a reply means for the letter, and
// what only for the server, is told apart here. One thread at a time; the connection is kept open
// between letters.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace zimnik::hub {

struct SmtpServer {
  /// smtp:// with STARTTLS, which only a server on this machine may go without, or smtps://.
  std::string url;
  std::string user, password;  ///< empty: nobody signs in
};

struct SmtpReply {
  enum class Outcome : std::uint8_t {
    accepted,
    refused,    ///< for good: to this address, or this letter
    deferred,   ///< this letter, for now
    unsettled,  ///< it was sent, and what the server said of it was lost: it may have been accepted
    trouble,    ///< nobody there, no TLS, the sign-in or the sender is refused: no letter's fault
  };
  Outcome outcome = Outcome::trouble;
  bool is_of_address = false;  ///< refused: the recipient's address, not the letter
  std::string text;            ///< for operators: the server's last words, without the recipient
};

class SmtpClient {
 public:
  /// With the stop a letter that the server hasn't asked for yet is given up.
  explicit SmtpClient(SmtpServer server, std::stop_token stop = {});
  ~SmtpClient();
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;

  /// `begins` is called when the server has asked for the letter and has none of it yet; where it
  /// throws, none is sent, and the exception goes on. REQUIRES: both addresses are addresses
  /// (mail.h), the letter's lines end by CRLF.
  SmtpReply send(const std::string& from, const std::string& to, const std::string& letter,
                 const std::function<void()>& begins);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zimnik::hub
