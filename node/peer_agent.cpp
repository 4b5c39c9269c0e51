#include "node/peer_agent.h"

#include <algorithm>
#include <random>

#include "sync/net/message_budget.h"

namespace zimnik::node {

using namespace std::chrono_literals;
using End = net::ExchangeReport::End;

namespace {

constexpr auto kQuiet = 60s;         // between exchanges when nothing is written here
constexpr auto kAwaitingKeys = 3s;   // nobody can sign in before the school's key has come
constexpr auto kAfterWrite = 500ms;  // so that what is typed at once goes at once
constexpr std::chrono::milliseconds kLongestPause = 20s;

double chance() {
  static thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

PeerAgent::PeerAgent(SchoolNode& node, std::optional<Sibling> sibling,
                     std::function<void(const std::string&)> log)
    : node_(node),
      sibling_(std::move(sibling)),
      name_(sibling_ ? "узел " + sibling_->url : "округ"),
      log_(std::move(log)) {
  thread_ = std::thread([this] { run(); });
}

PeerAgent::~PeerAgent() {
  is_retired_ = true;
  thread_.join();
}

void PeerAgent::run() {
  std::chrono::milliseconds pause = 0ms;
  while (wait(pause)) {
    try {
      pause = exchange();
    } catch (const std::exception& error) {
      log_(name_ + ": " + error.what());
      pause = kLongestPause;
    }
  }
  is_done_ = true;
}

bool PeerAgent::wait(std::chrono::milliseconds pause) {
  // While the line is down a write doesn't shorten the pause: it would change nothing.
  const auto until = std::chrono::steady_clock::now() + pause;
  bool is_written = false;
  while (!is_retired_ && !is_written && std::chrono::steady_clock::now() < until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    is_written =
        node_.journal().wait_for_write(known_writes_, std::max(left, 1ms)) && failures_ == 0;
  }
  if (is_written) node_.journal().wait_for_stop(kAfterWrite);
  return !is_retired_;
}

net::ExchangeClient& PeerAgent::client() {
  const auto told = node_.configuration();
  const auto made_for =
      told.enrolment.certificate_pem + told.hub_site().hex() + node_.self().id().hex();
  if (!client_ || made_for != made_for_) {
    client_ = sibling_ ? node_.sibling_client(*sibling_) : node_.hub_client();
    made_for_ = made_for;
  }
  return *client_;
}

std::chrono::milliseconds PeerAgent::exchange() {
  node_.heal(log_);
  if (!sibling_) node_.certify_where_due(log_);
  if (!node_.can_call())
    return fail("этот узел не заверен округом: нужен код (zimnik-node enroll)");
  const auto report = node_.exchange(client(), sibling_ ? sibling_->site : sync::SiteId());
  const auto told = describe(report);
  const bool is_to_try_again =
      !sibling_ && (node_.follow_hub(report, log_) || node_.renew_where_due(report, log_));
  if (report.end == End::in_step) {
    if (report.leaves > 0 || failures_ > 0) log_(name_ + ": " + told);
    failures_ = 0;
    fault_.clear();
    return node_.lacks_school_key() ? kAwaitingKeys : kQuiet;
  }
  client_->close_connections();
  const auto pause = fail(told);
  return is_to_try_again ? 0ms : pause;
}

std::chrono::milliseconds PeerAgent::fail(const std::string& told) {
  ++failures_;
  if (fault_ != told) log_(name_ + ": " + told);
  fault_ = told;
  return std::min(net::retry_delay(failures_, chance()), kLongestPause);
}

}  // namespace zimnik::node
