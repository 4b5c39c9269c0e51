#include "hub/delivery/delivery.h"

#include "hub/delivery/post.h"
#include "hub/delivery/scan.h"

namespace zimnik::hub {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kLook{1};         // between two looks at the outbox, or for news
constexpr std::chrono::seconds kMore{15};        // in which the rest of an exchange should come
constexpr std::chrono::seconds kDigestLook{60};  // between two looks for digests

}  // namespace

Delivery::Delivery(Hub& hub, DeliverySettings settings, std::function<void(const std::string&)> log)
    : hub_(hub), settings_(std::move(settings)), log_(std::move(log)) {
  // What came while nobody looked.
  for (auto* school : hub_.schools()) note_news(school->id(), false);
  looking_ = std::jthread([this](const std::stop_token& stop) { look(stop); });
  sending_ = std::jthread([this](const std::stop_token& stop) { send(stop); });
}

Delivery::~Delivery() = default;

void Delivery::note_news(const sync::SchoolId& school, bool is_more_to_come) {
  const auto when = steady_clock::now() + (is_more_to_come ? kMore : std::chrono::seconds(0));
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = news_.try_emplace(school, when);
  if (!is_new && !is_more_to_come) found->second = when;
  if (!is_more_to_come) wake_.notify_all();
}

void Delivery::guarded(const std::string& what, const std::function<void()>& step) {
  try {
    step();
  } catch (const std::exception& error) {
    log_(what + ": " + error.what());
  }
}

void Delivery::rest(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, stop, kLook, [] { return false; });
}

void Delivery::look(const std::stop_token& stop) {
  auto digests = steady_clock::now();
  while (!stop.stop_requested()) {
    std::map<sync::SchoolId, Moment> due;
    {
      const std::lock_guard lock(mutex_);
      for (auto it = news_.begin(); it != news_.end();) {
        const auto next = std::next(it);
        if (it->second <= steady_clock::now()) due.insert(news_.extract(it));
        it = next;
      }
    }
    for (const auto& [school, when] : due) {
      if (!stop.stop_requested()) look_at(school);
    }
    if (steady_clock::now() >= digests) {
      look_for_digests(stop);
      digests = steady_clock::now() + kDigestLook;
    }
    rest(stop);
  }
}

void Delivery::look_at(const sync::SchoolId& id) {
  auto* school = hub_.find(id);
  if (school == nullptr) return;
  guarded("рассылка: школа «" + school->entry().name + "»",
          [&] { scan_school(hub_, *school, settings_); });
}

void Delivery::look_for_digests(const std::stop_token& stop) {
  for (auto* school : hub_.schools()) {
    if (stop.stop_requested()) return;
    guarded("рассылка: школа «" + school->entry().name + "»", [&] {
      if (is_digest_due(hub_, *school, settings_)) scan_school(hub_, *school, settings_);
    });
  }
  guarded("рассылка", [&] { hub_.outbox().drop_old(hub_.now()); });
}

void Delivery::send(const std::stop_token& stop) {
  Post post(hub_, settings_, log_, stop);
  bool is_recovered = false;
  while (!stop.stop_requested()) {
    guarded("почта", [&] {
      if (!is_recovered) post.recover();
      is_recovered = true;
      post.send_due();
    });
    rest(stop);
  }
}

}  // namespace zimnik::hub
