#include "sync/web/turn.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

namespace zimnik::web {

ControlReply run_in_turn(const std::string& path, const ControlCall& call, const ControlRun& here) {
  const auto until = std::chrono::steady_clock::now() + kTurnPatience;
  for (;;) {
    if (auto reply = ask_control(path, call)) return std::move(*reply);
    try {
      return here(call);
    } catch (const sync::FileIsLocked&) {
      if (std::chrono::steady_clock::now() >= until) throw;
    }
    std::this_thread::sleep_for(kTurnPause);
  }
}

bool is_served(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  const bool is_there =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return is_there;
}

}  // namespace zimnik::web
