#include "node/sync_agent.h"

#include <algorithm>
#include <random>

#include "sync/net/message_budget.h"

namespace zimnik::node {

using namespace std::chrono_literals;
using End = net::ExchangeReport::End;

namespace {

constexpr auto kQuiet = 60s;         // between exchanges when nothing is written here
constexpr auto kAfterWrite = 500ms;  // so that what is typed at once goes at once
constexpr std::chrono::milliseconds kLongestPause = 20s;

double chance() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

std::string describe(const net::ExchangeReport& report) {
  const auto bytes = std::to_string(report.bytes_sent) + " байт туда, " +
                     std::to_string(report.bytes_received) + " обратно";
  switch (report.end) {
    case End::in_step:
      return "обмен окончен: " + bytes + ", получено записей: " + std::to_string(report.leaves);
    case End::unreachable:
      return "округ недоступен: " + report.error;
    case End::tls:
      return "защищённое соединение не установлено: " + report.error;
    case End::broken_off:
      return "связь оборвалась: " + report.error + " (" + bytes + ")";
    case End::refused:
      return "округ отказал: " + report.error;
    case End::damaged:
      return "ответ округа повреждён: " + report.error;
    case End::stalled:
      return "обмен не сходится: " + report.error;
  }
  return report.error;
}

SyncAgent::SyncAgent(SchoolNode& node, std::function<void(const std::string&)> log)
    : node_(node), log_(std::move(log)), hub_(node.hub_client()) {
  for (const auto& sibling : node.configuration().siblings) {
    siblings_.push_back(node.sibling_client(sibling));
  }
  thread_ = std::thread([this] { run(); });
}

SyncAgent::~SyncAgent() {
  is_stopped_ = true;
  node_.journal().stop();
  thread_.join();
}

void SyncAgent::run() {
  std::chrono::milliseconds pause = 0ms;
  while (!is_stopped_) {
    // While the line is down a write doesn't shorten the pause: it would change nothing.
    const auto until = std::chrono::steady_clock::now() + pause;
    bool is_written = false;
    while (!is_stopped_ && !is_written && std::chrono::steady_clock::now() < until) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          until - std::chrono::steady_clock::now());
      is_written = node_.journal().wait_for_write(std::max(left, 1ms)) && failures_ == 0;
    }
    if (is_stopped_) break;
    if (is_written) std::this_thread::sleep_for(kAfterWrite);
    try {
      pause = exchange();
    } catch (const std::exception& error) {
      log_(std::string("обмен: ") + error.what());
      pause = kLongestPause;
    }
  }
}

std::chrono::milliseconds SyncAgent::exchange() {
  for (const auto& sibling : siblings_) {
    sibling->run([&] { return node_.journal().lock(); }, system_time);
  }
  const auto report = node_.exchange_with_hub(*hub_);
  const bool is_in_step = report.end == End::in_step;
  if (!is_in_step || report.leaves > 0 || failures_ > 0) log_(describe(report));
  failures_ = is_in_step ? 0 : failures_ + 1;
  if (is_in_step) return kQuiet;
  hub_->close_connections();
  return std::min(net::retry_delay(failures_, chance()), kLongestPause);
}

}  // namespace zimnik::node
