#include "node/web/upload_shelf.h"

#include <algorithm>

#include "sync/core/encoding.h"
#include "sync/web/form_entry.h"

namespace zimnik::node {

namespace {

std::string new_token() {
  std::string bytes;
  for (int half = 0; half < 2; ++half) {
    const auto chance = web::new_page();
    bytes.append(reinterpret_cast<const char*>(&chance), sizeof chance);
  }
  return sync::to_hex(bytes);
}

}  // namespace

std::string UploadShelf::keep(const std::string& login, KeptUpload upload, sync::Time now) {
  const std::lock_guard lock(mutex_);
  const auto is_own = [&](const Place& place) { return place.login == login; };
  if (std::count_if(places_.begin(), places_.end(), is_own) >=
      static_cast<std::ptrdiff_t>(kOfLogin)) {
    places_.erase(std::find_if(places_.begin(), places_.end(), is_own));
  }
  if (places_.size() >= kOfAll) places_.pop_front();
  places_.push_back({new_token(), login, now, std::move(upload)});
  return places_.back().token;
}

std::optional<KeptUpload> UploadShelf::find(const std::string& token, const std::string& login,
                                            sync::Time now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(places_, [&](const Place& place) { return now.ms - place.since.ms > kAgeMs; });
  for (const auto& place : places_) {
    if (place.token == token && place.login == login) return place.upload;
  }
  return std::nullopt;
}

void UploadShelf::drop(const std::string& token) {
  const std::lock_guard lock(mutex_);
  std::erase_if(places_, [&](const Place& place) { return place.token == token; });
}

}  // namespace zimnik::node
