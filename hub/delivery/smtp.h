// Hands a letter to a mail server (RFC 5321), by libcurl. What a reply means for the letter, and
// what only for the server, is told apart here. One thread at a time; the connection is kept open
// between letters.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "hub/delivery/reply.h"

namespace zimnik::hub {

struct SmtpServer {
  /// smtp:// with STARTTLS, which only a server on this machine may go without, or smtps://.
  std::string url;
  std::string user, password;  ///< empty: nobody signs in
};

/// Whether a URL says that its server is this machine: what goes there needs no TLS.
bool is_on_this_machine(const std::string& url);

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
  DeliveryReply send(const std::string& from, const std::string& to, const std::string& letter,
                     const std::function<void()>& begins);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zimnik::hub
