#include "sync/web/form_entry.h"

#include <openssl/rand.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sync/core/encoding.h"

namespace zimnik::web {
namespace {

std::uint64_t decimal(const std::string& text, const char* name) {
  std::uint64_t number = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) {
    throw std::invalid_argument(std::string(name) + ": a number is wanted");
  }
  return number;
}

}  // namespace

std::uint64_t new_page() {
  std::uint64_t page = 0;
  while (page == 0) {
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&page), sizeof page) != 1) {
      throw std::runtime_error("no random bytes");
    }
  }
  return page;
}

std::uint64_t page_from(const std::string& text) {
  const auto page = decimal(text, "page");
  if (page == 0) throw std::invalid_argument("page: isn't a page's id");
  return page;
}

nlohmann::json seen_json(const sync::Seen& seen) {
  return {{"site", seen.site.hex()}, {"arrival", seen.arrival}};
}

sync::Seen seen_from(const std::string& site, std::uint64_t arrival) {
  const auto bytes = sync::from_hex(site);
  if (!bytes || bytes->size() != sync::SiteId::kSize) {
    throw std::invalid_argument("site: isn't an id");
  }
  return {sync::SiteId::from(*bytes), arrival};
}

Values entry_values(const sync::Seen& seen) {
  return {{"entry_page", std::to_string(new_page())},
          {"entry_site", seen.site.hex()},
          {"entry_arrival", std::to_string(seen.arrival)},
          {"counter", 1}};
}

FormEntry form_entry(const net::Fields& form) {
  const auto counter = decimal(form.get("counter"), "counter");
  if (counter < 1 || counter > UINT32_MAX) throw std::invalid_argument("counter: is out of range");
  return {{page_from(form.get("page")), static_cast<std::uint32_t>(counter)},
          seen_from(form.get("site"), decimal(form.get("arrival"), "arrival"))};
}

}  // namespace zimnik::web
