// What a period was closed over: how far each site's shared log was held then. By it every replica
// tells alike which marks were known to who closed it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sync/core/frontier.h"

namespace zimnik::journal {

class ClosedOver {
 public:
  ClosedOver() = default;
  explicit ClosedOver(const sync::Frontier& frontier);
  /// Of text(). What isn't of its form is left out: others may have written anything.
  static ClosedOver parse(std::string_view text);

  /// "<site in hexadecimal>:<size>", in order of the sites, with commas between.
  std::string text() const;
  bool is_empty() const { return sizes_.empty(); }
  /// Whether it held this leaf of the site's shared log. Of branches the longest counts.
  bool covers(const sync::SiteId& site, std::uint64_t seq) const;

 private:
  void add(const sync::SiteId& site, std::uint64_t size);

  std::map<sync::SiteId, std::uint64_t> sizes_;
};

}  // namespace zimnik::journal
