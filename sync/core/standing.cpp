#include "sync/core/standing.h"

#include <algorithm>

#include "sync/core/crypto.h"
#include "sync/core/limits.h"

namespace zimnik::sync {

StandingId id_of(const Standing& standing) {
  std::string bytes;
  Writer writer(bytes);
  write_standing(writer, standing);
  return StandingId::from(sha256({"zimnik standing", bytes}).view().substr(0, StandingId::kSize));
}

Digest digest(const Standing& standing, Stream stream) {
  if (stream != Stream::shared) return digest(standing.tips, stream);
  std::string sites;
  for (const auto& site : standing.sites) sites += site.view();
  const auto tips = digest(standing.tips, stream);
  return Digest::from(sha256({"zimnik set", tips.view(), sites}).view().substr(0, Digest::kSize));
}

void write_standing(Writer& writer, const Standing& standing) {
  write_frontier(writer, standing.tips);
  writer.varint(standing.sites.size());
  for (const auto& site : standing.sites) writer.fixed(site);
}

Standing read_standing(Reader& reader) {
  Standing standing;
  standing.tips = read_frontier(reader, "tips");
  standing.sites.resize(reader.varint("sites", limits::kSiteRecords));
  for (std::size_t i = 0; i < standing.sites.size(); ++i) {
    standing.sites[i] = reader.fixed<SiteId>("site");
    if (i > 0 && !(standing.sites[i - 1] < standing.sites[i])) {
      reader.refuse("sites", "out of order");
    }
  }
  return standing;
}

void advance(Standing& standing, const Advance& advance) {
  auto& tips = standing.tips;
  std::erase(tips, advance.from);
  const auto at = std::lower_bound(tips.begin(), tips.end(), advance.to);
  if (at == tips.end() || *at != advance.to) tips.insert(at, advance.to);
}

void add_site(Standing& standing, const SiteId& site) {
  const auto at = std::lower_bound(standing.sites.begin(), standing.sites.end(), site);
  if (at == standing.sites.end() || *at != site) standing.sites.insert(at, site);
}

}  // namespace zimnik::sync
