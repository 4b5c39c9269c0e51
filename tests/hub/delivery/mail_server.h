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

/// A server in Python, of this folder. Serves until stop(), or until the object goes.
class ScriptServer {
 public:
  ~ScriptServer() { stop(); }
  ScriptServer(const ScriptServer&) = delete;
  ScriptServer& operator=(const ScriptServer&) = delete;

  /// Nobody answers at its port any more.
  void stop();
  /// Again at the same port.
  void start();
  /// What it does from now on (the script says what it knows): JSON; nothing: as it should.
  void behave(const std::string& json = "{}");

 protected:
  explicit ScriptServer(std::string script) : script_(std::move(script)) { start(); }
  int port() const { return port_; }
  /// The files of that ending that it wrote, in their order.
  std::vector<std::string> written(const std::string& ending) const;

 private:
  const std::string script_;
  net::test::Folder folder_;
  pid_t process_ = -1;
  int port_ = 0;
  int starts_ = 0;
};

class MailServer : public ScriptServer {
 public:
  MailServer() : ScriptServer("smtp_server.py") {}
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port()); }
  /// In the order in which they came.
  std::vector<Letter> letters() const;
};

/// A gateway of SMS or of a messenger.
class Gateway : public ScriptServer {
 public:
  static constexpr const char* kSecret = "0123456789abcdef";
  Gateway() : ScriptServer("gateway.py") {}
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port()) + "/send"; }
  /// The bodies that it took on.
  std::vector<std::string> messages() const { return written(".json"); }
};

}  // namespace zimnik::hub::test
