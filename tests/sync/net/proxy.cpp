#include "tests/sync/net/proxy.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>

namespace zimnik::net::test {
namespace {

constexpr int kTickMs = 20;

/// The peer gets a reset, as from a link that is gone.
void reset_on_close(int socket) {
  const linger hard{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

bool send_all(int socket, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto count = ::send(socket, bytes, size, MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) {
      pollfd wait{socket, POLLOUT, 0};
      ::poll(&wait, 1, 1000);
      continue;
    }
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

Descriptor connect_to(int port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(port));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) {
    throw std::runtime_error("can't connect to port " + std::to_string(port));
  }
  return socket;
}

Proxy::Proxy(int target_port) : target_port_(target_port), thread_([this] { run(); }) {}

Proxy::~Proxy() {
  is_over_ = true;
  thread_.join();
}

void Proxy::reset() {
  sent_ = 0;
  received_ = 0;
  has_cut_ = false;
  sent_left_ = kNever;
  received_left_ = kNever;
}

void Proxy::run() {
  while (!is_over_) {
    pollfd wait{listener_.descriptor(), POLLIN, 0};
    ::poll(&wait, 1, kTickMs);
    while (auto accepted = listener_.accept()) {
      const int number = ++connections_;
      relays_.emplace_back(
          [this, number, socket = std::make_shared<Descriptor>(std::move(accepted->socket))] {
            relay(std::move(*socket), number);
          });
    }
  }
  for (auto& relay : relays_) relay.join();
}

void Proxy::relay(Descriptor client, int number) try {
  const auto server = connect_to(target_port_);
  std::array<pollfd, 2> wait = {{{client.get(), POLLIN, 0}, {server.get(), POLLIN, 0}}};
  while (!is_over_) {
    if (::poll(wait.data(), wait.size(), kTickMs) <= 0) continue;
    if (wait[0].revents != 0 && !pass(client.get(), server.get(), sent_, sent_left_, number)) break;
    if (wait[1].revents != 0 &&
        !pass(server.get(), client.get(), received_, received_left_, number))
      break;
  }
  if (has_cut_ && number >= cut_from_) {
    reset_on_close(client.get());
    reset_on_close(server.get());
  }
} catch (const std::exception&) {
  // The server is gone; so is the client's connection then.
}

bool Proxy::pass(int from, int to, std::atomic<std::uint64_t>& count,
                 std::atomic<std::int64_t>& left, int number) {
  std::array<char, 64 * 1024> bytes;
  const std::uint64_t speed = speed_;
  std::size_t most = speed == 0 ? bytes.size() : std::max<std::size_t>(speed * kTickMs / 1000, 1);
  most = std::min(most, bytes.size());
  // Read before the number: who sees a new cut sees too which connections it is for.
  const std::int64_t wanted = left;
  const std::int64_t until_cut = number >= cut_from_ ? wanted : kNever;
  most = std::min(most, static_cast<std::size_t>(std::max<std::int64_t>(until_cut, 1)));
  const auto got = ::recv(from, bytes.data(), most, MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN;
  if (got == 0) return false;
  if (until_cut != kNever) {
    if (until_cut <= 0) {
      left = kNever;
      has_cut_ = true;
      return false;
    }
    left = until_cut - got;
  }
  count += static_cast<std::uint64_t>(got);  // first: whoever gets the bytes may look at once
  if (!send_all(to, bytes.data(), static_cast<std::size_t>(got))) return false;
  if (until_cut != kNever && until_cut <= got) {
    left = kNever;
    has_cut_ = true;
    return false;
  }
  if (speed != 0) {
    const auto bytes_sent = static_cast<std::uint64_t>(got);
    std::this_thread::sleep_for(std::chrono::microseconds(bytes_sent * 1'000'000 / speed));
  }
  return true;
}

}  // namespace zimnik::net::test
