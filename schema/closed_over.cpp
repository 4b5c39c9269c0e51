#include "schema/closed_over.h"

#include <algorithm>
#include <charconv>

#include "sync/core/encoding.h"

namespace zimnik::journal {

ClosedOver::ClosedOver(const sync::Frontier& frontier) {
  for (const auto& tip : frontier) {
    if (tip.log.stream == sync::Stream::shared) add(tip.log.site, tip.size);
  }
}

ClosedOver ClosedOver::parse(std::string_view text) {
  ClosedOver over;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const auto colon = part.find(':');
    if (colon == std::string_view::npos) continue;
    const auto site = sync::from_hex(part.substr(0, colon));
    std::uint64_t size = 0;
    const auto [at, error] =
        std::from_chars(part.data() + colon + 1, part.data() + part.size(), size);
    const bool is_size = error == std::errc() && at == part.data() + part.size();
    if (!site || site->size() != sync::SiteId().bytes.size() || !is_size) continue;
    over.add(sync::SiteId::from(*site), size);
  }
  return over;
}

std::string ClosedOver::text() const {
  std::string text;
  for (const auto& [site, size] : sizes_) {
    text += (text.empty() ? "" : ",") + site.hex() + ":" + std::to_string(size);
  }
  return text;
}

bool ClosedOver::covers(const sync::SiteId& site, std::uint64_t seq) const {
  const auto found = sizes_.find(site);
  return found != sizes_.end() && seq <= found->second;
}

void ClosedOver::add(const sync::SiteId& site, std::uint64_t size) {
  auto& known = sizes_[site];
  known = std::max(known, size);
}

}  // namespace zimnik::journal
