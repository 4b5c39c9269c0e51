// A real mail server of Debian's (smtp_server.py), and the letters that it accepted.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {

/// As a mail program shows it: decoded.
struct Letter {
  std::string to, head, subject, message_id, text, html;
  bool has(const std::string& part) const { return text.find(part) != std::string::npos; }
};
Letter read_letter(const std::string& bytes);

/// Serves until stop(), or until the object goes.
class MailServer {
 public:
  MailServer() { start(); }
  ~MailServer() { stop(); }
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  /// Nobody answers at its port any more.
  void stop();
  /// Again at the same port.
  void start();
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// What it does from now on (smtp_server.py): JSON; nothing: as it should.
  void behave(const std::string& json = "{}");
  /// In the order in which they came.
  std::vector<Letter> letters() const;

 private:
  net::test::Folder folder_;
  pid_t process_ = -1;
  int port_ = 0;
  int starts_ = 0;
};

}  // namespace zimnik::hub::test
