#include "node/own_site.h"

#include <algorithm>
#include <filesystem>

namespace zimnik::node {

namespace fs = std::filesystem;
using Reason = journal::SuccessionReason;

OwnSite::OwnSite(const DataFolder& folder, const sync::SiteId& recorded)
    : folder_(folder), recorded_(recorded), home_(Home::load(folder)) {
  const bool has_keys = fs::exists(folder_.site_key());
  if (!has_keys) net::SiteSecret::make().save(folder_.site_key());
  self_ = &secrets_.emplace_back(net::SiteSecret::load(folder_.site_key()));
  if (fs::exists(folder_.old_site_key())) {
    auto old = net::SiteSecret::load(folder_.old_site_key());
    is_broken_off_ = old.id() == self_->id();
    if (!is_broken_off_) predecessor_ = &secrets_.emplace_back(std::move(old));
  }
  const bool is_named = self_->id() == recorded_ || (home_ && home_->site == self_->id()) ||
                        predecessor_ != nullptr || is_broken_off_;
  is_new_ = !has_keys || !is_named;
}

const net::SiteSecret& OwnSite::self() const {
  const std::lock_guard lock(mutex_);
  return *self_;
}

const net::SiteSecret* OwnSite::predecessor() const {
  const std::lock_guard lock(mutex_);
  return predecessor_;
}

std::optional<WentOn> OwnSite::went_on() const {
  const std::lock_guard lock(mutex_);
  return home_ ? home_->went_on : std::nullopt;
}

std::optional<net::EnrolmentReply> OwnSite::enrolment() const {
  const std::lock_guard lock(mutex_);
  if (!home_ || !home_->enrolment || home_->enrolment->record.keys != self_->keys()) return {};
  return home_->enrolment;
}

std::optional<Reason> OwnSite::doubt(sync::Replica& replica, bool was_home) const {
  if (!home_) return was_home ? std::optional(Reason::restored) : std::nullopt;
  if (home_->site != self_->id()) {
    // Else these are keys that it had left behind.
    return is_broken_off_ && home_->went_on ? home_->went_on->reason : Reason::restored;
  }
  const bool are_held = std::all_of(home_->marks.begin(), home_->marks.end(),
                                    [&](const sync::Tip& mark) { return replica.holds(mark); });
  if (!are_held) return Reason::rolled_back;
  if (!home_->place.is(Place::of(folder_))) return Reason::moved;
  if (replica.is_doubted()) return Reason::forked;
  return std::nullopt;
}

void OwnSite::go_on(Reason reason, sync::Time now, bool is_certified) {
  auto next = net::SiteSecret::make();
  const std::lock_guard lock(mutex_);
  const bool is_left = is_certified || predecessor_ == nullptr;
  if (is_left) self_->save(folder_.old_site_key());
  Home home{Place::of(folder_), next.id(), {}, WentOn{self_->id(), now, reason}};
  home.save(folder_);
  next.save(folder_.site_key());
  home_ = std::move(home);
  if (is_left) predecessor_ = self_;
  self_ = &secrets_.emplace_back(std::move(next));
}

void OwnSite::settle(sync::Time now) {
  const std::lock_guard lock(mutex_);
  Home home{Place::of(folder_), self_->id(), {}, {}};
  if (is_new_ && self_->id() != recorded_) home.went_on = WentOn{recorded_, now, Reason::restored};
  if (home_ && home_->site == home.site) {
    home.marks = home_->marks;
    home.went_on = home_->went_on;
    home.enrolment = home_->enrolment;
    if (home.place.is(home_->place)) return;
  }
  home.save(folder_);
  home_ = std::move(home);
}

void OwnSite::note_sent(sync::Replica& replica) {
  const std::lock_guard lock(mutex_);
  auto tips = own_tips(replica.frontier(), self_->id());
  if (!home_ || home_->site != self_->id() || tips == home_->marks) return;
  auto home = *home_;
  home.marks = std::move(tips);
  home.save(folder_);
  home_ = std::move(home);
}

void OwnSite::note_enrolment(const net::EnrolmentReply& enrolment) {
  const std::lock_guard lock(mutex_);
  if (!home_ || home_->site != self_->id() || enrolment.record.keys != self_->keys()) return;
  if (home_->enrolment && home_->enrolment->certificate_pem == enrolment.certificate_pem) return;
  auto home = *home_;
  home.enrolment = enrolment;
  home.save(folder_);
  home_ = std::move(home);
}

void OwnSite::let_predecessor_go() {
  const std::lock_guard lock(mutex_);
  predecessor_ = nullptr;
  std::error_code ignored;  // one that stays is let go at the next start
  fs::remove(folder_.old_site_key(), ignored);
}

}  // namespace zimnik::node
