#include "tests/bench/http_load.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

namespace zimnik::bench {
namespace {

using Clock = std::chrono::steady_clock;

std::string request_of(const std::string& line) {
  const auto tab = line.find('\t');
  std::string text = "GET " + line.substr(0, tab) + " HTTP/1.1\r\nHost: localhost\r\n";
  text += "Accept-Encoding: gzip\r\nAccept-Language: ru\r\n";
  if (tab != std::string::npos) text += "Cookie: " + line.substr(tab + 1) + "\r\n";
  return text + "\r\n";
}

int connected(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(fd);
    throw std::system_error(errno, std::generic_category(), "port " + std::to_string(port));
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

struct Client {
  int fd = -1;
  Clock::time_point sent;
  std::string answer;
};

/// How long the whole answer is; nothing while its head is on the way.
std::optional<std::size_t> whole_size(const std::string& answer, std::size_t& body) {
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  constexpr std::string_view kLength = "content-length: ";
  const auto found = std::search(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(end),
                                 kLength.begin(), kLength.end(), [](char left, char right) {
                                   return std::tolower(static_cast<unsigned char>(left)) == right;
                                 });
  body = 0;
  const auto* digits = answer.data() + (found - answer.begin()) + kLength.size();
  std::from_chars(digits, answer.data() + end, body);
  return end + 4 + body;
}

/// One run. One use.
class Load {
 public:
  explicit Load(const HttpLoadOptions& options) : options_(options) {
    for (const auto& line : options.requests) requests_.push_back(request_of(line));
    if (requests_.empty()) throw std::runtime_error("there is nothing to ask for");
  }

  HttpLoadFigures run() {
    epoll_ = epoll_create1(0);
    clients_.resize(options_.clients);
    for (std::size_t i = 0; i < clients_.size(); ++i) open(i);
    const auto begin = Clock::now(), end = begin + options_.time;
    for (auto& client : clients_) send_next(client);
    while (Clock::now() < end && !is_done()) wait();
    const std::chrono::duration<double> time = Clock::now() - begin;
    for (const auto& client : clients_) close(client.fd);
    close(epoll_);
    return figures(time.count());
  }

 private:
  void open(std::size_t index) {
    auto& client = clients_[index];
    client.fd = connected(options_.port);
    client.answer.clear();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &event);
  }

  bool is_done() const { return options_.is_once && times_.size() >= requests_.size(); }

  void send_next(Client& client) {
    if (options_.is_once && next_ >= requests_.size()) return;
    const auto& request = requests_[next_++ % requests_.size()];
    client.sent = Clock::now();
    // It fits into a socket's buffer, which is empty.
    if (send(client.fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) ++failures_;
  }

  void wait() {
    constexpr int kMs = 100;
    std::array<epoll_event, 64> events{};
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kMs);
    for (int i = 0; i < count; ++i) read(events[static_cast<std::size_t>(i)].data.u64);
  }

  void read(std::size_t index) {
    auto& client = clients_[index];
    std::array<char, 65536> bytes{};
    const auto got = recv(client.fd, bytes.data(), bytes.size(), 0);
    if (got <= 0) {
      ++failures_;
      close(client.fd);
      open(index);
      return send_next(client);
    }
    client.answer.append(bytes.data(), static_cast<std::size_t>(got));
    std::size_t body = 0;
    const auto size = whole_size(client.answer, body);
    if (!size || client.answer.size() < *size) return;
    const std::chrono::duration<double, std::milli> time = Clock::now() - client.sent;
    times_.push_back(time.count());
    body_bytes_ += body;
    if (!client.answer.starts_with("HTTP/1.1 200")) ++failures_;
    client.answer.clear();
    send_next(client);
  }

  HttpLoadFigures figures(double seconds) {
    HttpLoadFigures result;
    result.answers = times_.size();
    result.failures = failures_;
    if (times_.empty()) return result;
    std::sort(times_.begin(), times_.end());
    result.per_second = static_cast<double>(times_.size()) / seconds;
    result.median_ms = times_[times_.size() / 2];
    result.p99_ms = times_[times_.size() * 99 / 100];
    result.worst_ms = times_.back();
    result.bytes = static_cast<double>(body_bytes_) / static_cast<double>(times_.size());
    return result;
  }

  const HttpLoadOptions& options_;
  std::vector<std::string> requests_;
  std::size_t next_ = 0;
  int epoll_ = -1;
  std::vector<Client> clients_;
  std::vector<double> times_;
  std::uint64_t failures_ = 0, body_bytes_ = 0;
};

}  // namespace

HttpLoadFigures load_http(const HttpLoadOptions& options) { return Load(options).run(); }

void http_load(const HttpLoadOptions& options, const std::string& requests_file) {
  auto all = options;
  std::ifstream file(requests_file);
  for (std::string line; std::getline(file, line);) all.requests.push_back(line);
  const auto figures = load_http(all);
  std::cout << nlohmann::json{{"answers", figures.answers},
                              {"failures", figures.failures},
                              {"per_second", figures.per_second},
                              {"median_ms", figures.median_ms},
                              {"p99_ms", figures.p99_ms},
                              {"worst_ms", figures.worst_ms},
                              {"bytes", figures.bytes}}
                   .dump()
            << std::endl;
}

void serve_bare(std::size_t bytes) {
  const std::string body(bytes, 'x');
  httplib::Server server;
  server.set_keep_alive_max_count(1'000'000);
  server.set_tcp_nodelay(true);
  // It holds a thread for each connection.
  server.new_task_queue = [] { return new httplib::ThreadPool(128); };
  server.Get(".*", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/octet-stream");  // what it would compress otherwise
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::cout << port << std::endl;
  server.listen_after_bind();
}

}  // namespace zimnik::bench
