#include "sync/core/session.h"

#include <algorithm>

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// Grounds that a peer may still name: what was taken last, what was offered last, and the same of
/// the exchange before, whose last message may have been lost.
constexpr std::size_t kRemembered = 6;

/// A ground may name more tips than there are branches: of one branch several, where messages came
/// twice or out of order. What is over a bound can't be said, nor be read back.
bool fits(const Standing& standing) {
  return standing.tips.size() <= limits::kTips && standing.sites.size() <= limits::kSiteRecords;
}

Standing moved(Standing standing, const Cargo& cargo) {
  for (const auto& it : cargo.advances) advance(standing, it);
  for (const auto& site : cargo.sites) add_site(standing, site);
  return standing;
}

}  // namespace

void Session::name_ground(Message& message) const {
  if (say_in_full_) {
    message.base_in_full = ground_;
  } else {
    message.base = id_of(*ground_);
  }
}

void Session::offered(const Cargo& cargo, const Standing& own) {
  if (ground_) remember(moved(*ground_, cargo));
  remember(own);
}

void Session::in_step(const Standing& own) {
  ground_ = own;
  say_in_full_ = false;
  remember(own);
}

bool Session::hear(const Message& message, const std::function<bool(const Standing&)>& holds_all) {
  if (message.base_in_full) {
    if (!holds_all(*message.base_in_full)) {
      lose_ground();
      return false;
    }
    met(*message.base_in_full);
    say_in_full_ = false;
    return true;
  }
  if (message.base.is_zero()) return false;
  for (const auto& standing : remembered_) {
    if (id_of(standing) != message.base) continue;
    ground_ = standing;
    say_in_full_ = false;
    return true;
  }
  lose_ground();
  return false;
}

void Session::took(const Cargo& cargo) {
  if (!ground_) return;
  ground_ = moved(*ground_, cargo);
  if (!fits(*ground_)) return lose_ground();
  remember(*ground_);
}

void Session::met(Standing common) {
  ground_ = std::move(common);
  say_in_full_ = true;
  remember(*ground_);
}

void Session::remember(const Standing& standing) {
  if (!fits(standing)) return;
  std::erase(remembered_, standing);
  remembered_.push_back(standing);
  if (remembered_.size() > kRemembered) remembered_.erase(remembered_.begin());
}

std::string Session::save() const {
  std::string bytes;
  Writer writer(bytes);
  writer.byte(ground_ ? 1 : 0);
  if (ground_) write_standing(writer, *ground_);
  writer.byte(say_in_full_ ? 1 : 0);
  writer.varint(remembered_.size());
  for (const auto& standing : remembered_) write_standing(writer, standing);
  return bytes;
}

Session Session::load(std::string_view bytes) {
  Reader reader(bytes, "peer state");
  Session session;
  if (reader.byte("ground") != 0) session.ground_ = read_standing(reader);
  session.say_in_full_ = reader.byte("in full") != 0;
  session.remembered_.resize(reader.varint("remembered", kRemembered));
  for (auto& standing : session.remembered_) standing = read_standing(reader);
  reader.expect_end("end");
  return session;
}

}  // namespace zimnik::sync
