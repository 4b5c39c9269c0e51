// A program that serves, and the same program called again as a command: who serves has the files
// open, so the command goes to it over a Unix socket in its folder. One function runs a command,
// whichever of the two processes it is called in.
//
//   request  POST /run: number of arguments, each with its length, the input with its length
//   reply    exit code (1 byte), output with its length, errors with their length
//
// Only the socket's owner may use it (mode 0600).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace zimnik::net {
class HttpServer;
}

namespace zimnik::web {

struct ControlCall {
  std::vector<std::string> arguments;  ///< as in argv, without the program's name
  std::string input;                   ///< a command's standard input, where it wants some
};

struct ControlReply {
  int exit_code = 0;  ///< 0 to 255
  std::string output;
  std::string errors;
};

/// Runs a command. What it throws becomes exit code 1 with the exception's text as the errors.
using ControlRun = std::function<ControlReply(const ControlCall&)>;

/// Writes what a command said to these, made harmless (sync/core/printable.h), and gives its exit
/// code.
int print(const ControlReply& reply, std::ostream& out, std::ostream& errors);

/// What `run` gives, or what comes of what it throws.
ControlReply run_guarded(const ControlRun& run, const ControlCall& call);

/// The side that serves, until the object goes. `run` is called from several threads at once, and
/// never after the destructor has returned.
class ControlServer {
 public:
  /// Throws std::system_error where the socket can't be made. An older socket at `path` is
  /// replaced: REQUIRES: nobody else serves there (the files' own lock sees to that).
  ControlServer(const std::string& path, ControlRun run);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

 private:
  ControlRun run_;
  std::unique_ptr<net::HttpServer> server_;
};

/// Has the call run by who serves at `path`, for as long as it takes. Nothing where nobody does.
/// Throws std::runtime_error where the connection breaks, or what comes doesn't hold.
std::optional<ControlReply> ask_control(const std::string& path, const ControlCall& call);

}  // namespace zimnik::web
