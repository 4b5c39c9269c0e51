#include "node/web/entry.h"

#include <openssl/rand.h>

#include <charconv>
#include <stdexcept>

#include "node/configuration.h"

namespace zimnik::node {

namespace {

constexpr std::size_t kAddressBytes = 64;

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

sync::Entry entry_of(const Visitor& visitor, journal::Role role, const net::Request& request,
                     sync::EntryId id, sync::Seen seen, sync::Time now) {
  const auto device = request.remote_address.substr(0, kAddressBytes);
  return {{visitor.login, std::string(journal::word_of(role)), journal::rank_of(role), device},
          now,
          id,
          seen};
}

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
  const auto id = site_from_hex(site);
  if (!id) throw std::invalid_argument("site: isn't an id");
  return {*id, arrival};
}

web::Values entry_values(const sync::Seen& seen) {
  return {{"entry_page", std::to_string(new_page())},
          {"entry_site", seen.site.hex()},
          {"entry_arrival", std::to_string(seen.arrival)},
          {"counter", std::string("1")}};
}

FormEntry form_entry(const net::Fields& form) {
  const auto counter = decimal(form.get("counter"), "counter");
  if (counter < 1 || counter > UINT32_MAX) throw std::invalid_argument("counter: is out of range");
  return {{page_from(form.get("page")), static_cast<std::uint32_t>(counter)},
          seen_from(form.get("site"), decimal(form.get("arrival"), "arrival"))};
}

}  // namespace zimnik::node
