#include "sync/net/http_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <tuple>

namespace zimnik::net {
namespace {

constexpr std::uint64_t kListenerId = 0;
constexpr std::uint64_t kWakeId = 1;
constexpr int kTickMs = 100;  // how late a deadline may be noticed
constexpr std::chrono::seconds kLastAnswers{5};

std::uint32_t events_of(HttpConnection::Wants wants) {
  switch (wants) {
    case HttpConnection::Wants::read:
      return EPOLLIN;
    case HttpConnection::Wants::write:
      return EPOLLOUT;
    default:
      return 0;
  }
}

}  // namespace

HttpLoop::HttpLoop(const HttpOptions& options, Listener& listener, SSL_CTX* context,
                   const Routes& routes)
    : options_(options),
      listener_(listener),
      context_(context),
      routes_(routes),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      last_id_(kWakeId),
      workers_(options.threads) {
  if (poll_.get() < 0 || wake_.get() < 0) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
  watch(listener_.descriptor(), kListenerId, EPOLLIN, true);
  watch(wake_.get(), kWakeId, EPOLLIN, true);
}

HttpLoop::~HttpLoop() = default;

void HttpLoop::watch(int descriptor, Id id, std::uint32_t events, bool is_new) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = id;
  if (::epoll_ctl(poll_.get(), is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
}

void HttpLoop::wake() {
  const std::uint64_t one = 1;
  // It fails only where it is awake already.
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void HttpLoop::stop() {
  is_stopping_ = true;
  wake();
}

void HttpLoop::run() {
  std::array<epoll_event, 64> events;
  bool is_closing = false;
  Clock::time_point end = Clock::time_point::max();
  while (!is_closing || (!connections_.empty() && Clock::now() < end)) {
    const int count = ::epoll_wait(poll_.get(), events.data(), events.size(), kTickMs);
    const auto now = Clock::now();
    for (int i = 0; i < count; ++i) {
      const Id id = events[static_cast<std::size_t>(i)].data.u64;
      if (id == kListenerId) {
        accept_all();
      } else if (id == kWakeId) {
        std::uint64_t number = 0;
        [[maybe_unused]] const auto got = ::read(wake_.get(), &number, sizeof number);
      } else {
        drive(id, now);
      }
    }
    take_answers(now);
    let_time_run(now);
    if (is_stopping_ && !is_closing) {
      is_closing = true;
      end = now + kLastAnswers;
      ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, listener_.descriptor(), nullptr);
    }
    if (is_closing) close_what_waits();
  }
}

void HttpLoop::accept_all() {
  for (;;) {
    auto accepted = listener_.accept();
    if (!accepted) {
      // A descriptor must become free, or epoll would report the same at once.
      if (listener_.lacks_descriptors() && !evict(nullptr)) ::usleep(10'000);
      return;
    }
    const auto network = network_of(accepted->address);
    if (!make_room(network)) continue;
    const Id id = ++last_id_;
    auto connection = std::make_unique<HttpConnection>(
        accepted->socket.release(), accepted->address, context_, options_, room_);
    watch(connection->socket(), id, EPOLLIN, true);
    connections_[id] = {std::move(connection), network, EPOLLIN};
    ++networks_[network];
    open_ = connections_.size();
  }
}

bool HttpLoop::make_room(const std::string& network) {
  const auto it = networks_.find(network);
  const bool is_full =
      !network.empty() && it != networks_.end() && it->second >= options_.connections_of_address;
  if (is_full) return evict(&network);
  if (connections_.size() < options_.connections) return true;
  return evict(nullptr);
}

/// Lets go of one connection: of this network; or, where none is given, of the network that has
/// most. First of those between two requests, then of those that have waited longest for their
/// client.
bool HttpLoop::evict(const std::string* network) {
  using Rank = std::tuple<std::size_t, bool, Clock::duration>;
  std::optional<Rank> highest;
  Id found = 0;
  const auto now = Clock::now();
  for (const auto& [id, held] : connections_) {
    const auto since = held.connection->waiting_since();
    if (!since || (network != nullptr && held.network != *network)) continue;
    const Rank rank{network != nullptr ? 0 : networks_[held.network],
                    held.connection->is_between_requests(), now - *since};
    if (highest && rank <= *highest) continue;
    highest = rank;
    found = id;
  }
  if (!highest) return false;
  forget(found);
  return true;
}

void HttpLoop::forget(Id id) {
  const auto it = connections_.find(id);
  const auto network = networks_.find(it->second.network);
  if (--network->second == 0) networks_.erase(network);
  connections_.erase(it);
  open_ = connections_.size();
}

void HttpLoop::drive(Id id, Clock::time_point now) {
  const auto it = connections_.find(id);
  if (it == connections_.end()) return;
  // While a handler works nothing is watched but that the client is gone, and that changes nothing.
  if (it->second.events == 0) {
    ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, it->second.connection->socket(), nullptr);
    return;
  }
  follow(id, it->second.connection->advance(now));
}

void HttpLoop::follow(Id id, HttpConnection::Wants wants) {
  auto& held = connections_.at(id);
  if (wants == HttpConnection::Wants::close) return forget(id);
  const auto events = events_of(wants);
  if (held.events != events) {
    held.events = events;
    const int socket = held.connection->socket();
    epoll_event event{};
    event.events = events;
    event.data.u64 = id;
    // It isn't watched where its client was gone while a handler worked.
    if (::epoll_ctl(poll_.get(), EPOLL_CTL_MOD, socket, &event) != 0) {
      watch(socket, id, events, true);
    }
  }
  if (wants == HttpConnection::Wants::handler) hand_over(id, *held.connection);
}

void HttpLoop::hand_over(Id id, HttpConnection& connection) {
  auto whole = std::make_shared<WholeRequest>(connection.take_request());
  // The worker's alone from here on: it is who lets it go.
  workers_.run([this, id, whole = std::move(whole)] {
    auto response = shell_.answer(
        whole->head, whole->request, [this](Request& request) { return routes_.answer(request); },
        options_);
    {
      const std::lock_guard lock(answers_mutex_);
      answers_.push_back({id, std::move(response)});
    }
    wake();
  });
}

void HttpLoop::take_answers(Clock::time_point now) {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(answers_mutex_);
    answers.swap(answers_);
  }
  for (auto& [id, response] : answers) {
    const auto it = connections_.find(id);
    if (it != connections_.end())
      follow(id, it->second.connection->answer(std::move(response), now));
  }
}

void HttpLoop::let_time_run(Clock::time_point now) {
  std::vector<Id> late;
  for (const auto& [id, held] : connections_) {
    if (held.events != 0 && held.connection->deadline() <= now) late.push_back(id);
  }
  for (const Id id : late) follow(id, connections_.at(id).connection->time_out(now));
}

void HttpLoop::close_what_waits() {
  std::vector<Id> idle;
  for (const auto& [id, held] : connections_) {
    if (held.connection->waiting_since()) idle.push_back(id);
  }
  for (const Id id : idle) forget(id);
}

}  // namespace zimnik::net
