#include "sync/net/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::string_view kUnix = "unix:";
constexpr int kSocketFlags = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

[[noreturn]] void fail(const std::string& address) {
  throw std::system_error(errno, std::generic_category(), address);
}

void set(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

void listen_on(int socket, const sockaddr* name, socklen_t size, const std::string& address) {
  if (::bind(socket, name, size) != 0 || ::listen(socket, limits::kBacklog) != 0) fail(address);
}

Descriptor listen_on_path(const std::string& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path) {
    throw std::invalid_argument("not the path of a socket: " + path);
  }
  std::memcpy(name.sun_path, path.c_str(), path.size() + 1);
  struct stat old {};
  if (::lstat(path.c_str(), &old) == 0 && S_ISSOCK(old.st_mode)) ::unlink(path.c_str());
  Descriptor socket(::socket(AF_UNIX, kSocketFlags, 0));
  if (socket.get() < 0) fail(path);
  // The mode of the file that bind(2) makes.
  ::fchmod(socket.get(), 0600);
  listen_on(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name, path);
  return socket;
}

Descriptor listen_on_port(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) throw std::invalid_argument("not an address: " + address);
  auto host = address.substr(0, colon);
  if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo wish{};
  wish.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  wish.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), address.c_str() + colon + 1, &wish, &found) != 0) {
    throw std::invalid_argument("not an address: " + address);
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
  Descriptor socket(::socket(found->ai_family, kSocketFlags, 0));
  if (socket.get() < 0) fail(address);
  set(socket.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (found->ai_family == AF_INET6) set(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
  listen_on(socket.get(), found->ai_addr, found->ai_addrlen, address);
  return socket;
}

std::string numeric(const sockaddr_storage& name, socklen_t size) {
  std::array<char, NI_MAXHOST> host{};
  if (name.ss_family == AF_UNIX ||
      ::getnameinfo(reinterpret_cast<const sockaddr*>(&name), size, host.data(), host.size(),
                    nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  const std::string text = host.data();
  constexpr std::string_view kMapped = "::ffff:";
  const bool is_mapped = text.starts_with(kMapped) && text.find('.') != std::string::npos;
  return is_mapped ? text.substr(kMapped.size()) : text;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

int Descriptor::release() {
  const int number = number_;
  number_ = -1;
  return number;
}

Listener::Listener(const std::string& address) {
  if (address.starts_with(kUnix)) {
    path_ = address.substr(kUnix.size());
    socket_ = listen_on_path(path_);
  } else {
    socket_ = listen_on_port(address);
  }
}

Listener::~Listener() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

std::optional<Listener::Accepted> Listener::accept() {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  const int socket = ::accept4(socket_.get(), reinterpret_cast<sockaddr*>(&name), &size,
                               SOCK_NONBLOCK | SOCK_CLOEXEC);
  lacks_descriptors_ = socket < 0 && (errno == EMFILE || errno == ENFILE);
  if (socket < 0) return std::nullopt;
  // Without it a reply waits 40 ms for the peer's acknowledgement.
  if (path_.empty()) set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  return Accepted{Descriptor(socket), numeric(name, size)};
}

int Listener::port() const {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&name), &size) != 0) return 0;
  if (name.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in*>(&name)->sin_port);
  }
  if (name.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&name)->sin6_port);
  }
  return 0;
}

}  // namespace zimnik::net
