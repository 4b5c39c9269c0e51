#include "hub/web/diary_cache.h"

namespace zimnik::hub {

DiaryBasis basis_of(Hub& hub, std::int64_t account) {
  DiaryBasis basis;
  for (auto& link : hub.families().links_of(account)) {
    const auto* school = hub.find(link.school);
    const bool is_closed = hub.recoveries().is_closed(link.school);
    basis.links.push_back({std::move(link), school == nullptr ? 0 : school->version(), is_closed});
  }
  return basis;
}

bool holds(Hub& hub, std::int64_t account, const KeptPage& page) {
  const auto now = hub.now();
  return now.ms < page.until.ms && wall_time(now, page.zone).date == page.today &&
         basis_of(hub, account) == page.basis && freshness_of(hub, page.school) == page.freshness;
}

std::shared_ptr<const KeptPage> DiaryCache::find(const Key& key) const {
  const std::lock_guard lock(mutex_);
  const auto found = pages_.find(key);
  return found == pages_.end() ? nullptr : found->second;
}

void DiaryCache::keep(const Key& key, KeptPage page) {
  const auto size = page.response.body.size();
  auto kept = std::make_shared<const KeptPage>(std::move(page));
  const std::lock_guard lock(mutex_);
  const auto [found, is_new] = pages_.try_emplace(key);
  if (is_new) order_.push_back(key);
  if (!is_new) bytes_ -= found->second->response.body.size();
  found->second = std::move(kept);
  bytes_ += size;
  while (bytes_ > kMostBytes) {
    const auto oldest = pages_.find(order_.front());
    bytes_ -= oldest->second->response.body.size();
    pages_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace zimnik::hub
