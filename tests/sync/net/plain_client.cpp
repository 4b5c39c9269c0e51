#include "tests/sync/net/plain_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "tests/sync/net/proxy.h"

namespace zimnik::net::test {

PlainClient::PlainClient(int port) : socket_(connect_to(port)) {}

PlainClient::PlainClient(const std::string& path)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strncpy(name.sun_path, path.c_str(), sizeof name.sun_path - 1);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) {
    throw std::runtime_error("can't connect to " + path);
  }
}

bool PlainClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool PlainClient::receive_some(std::string& into, std::chrono::milliseconds wait) {
  pollfd poll{socket_.get(), POLLIN, 0};
  if (::poll(&poll, 1, static_cast<int>(wait.count())) <= 0) return false;
  std::array<char, 16 * 1024> part;
  const auto count = ::recv(socket_.get(), part.data(), part.size(), 0);
  if (count <= 0) return false;
  into.append(part.data(), static_cast<std::size_t>(count));
  return true;
}

std::string PlainClient::receive_all(std::chrono::milliseconds wait) {
  std::string all = std::move(rest_);
  rest_.clear();
  while (receive_some(all, wait)) {
  }
  return all;
}

std::string PlainClient::receive_response() {
  std::string all = std::move(rest_);
  rest_.clear();
  for (;;) {
    const auto end = all.find("\r\n\r\n");
    const auto length = all.find("Content-Length: ");
    if (end != std::string::npos && length < end) {
      const auto size = end + 4 + std::stoul(all.substr(length + 16));
      if (all.size() >= size) {
        rest_ = all.substr(size);
        return all.substr(0, size);
      }
    }
    if (!receive_some(all, std::chrono::seconds(10))) return all;
  }
}

std::string PlainClient::ask(std::string_view bytes) {
  send(bytes);
  return receive_all();
}

int status_of(std::string_view response) {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  if (!response.starts_with(kVersion)) return 0;
  return std::stoi(std::string(response.substr(kVersion.size(), 3)));
}

std::string body_of(std::string_view response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? "" : std::string(response.substr(end + 4));
}

}  // namespace zimnik::net::test
