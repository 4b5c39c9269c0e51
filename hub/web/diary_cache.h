// Pages of diaries as they were answered, each kept for as long as all that it was made of is the
// same: whose codes the account has, what their schools hold, the day, how fresh it is. So a page
// that is asked for again costs neither a reading of the journal nor a template. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "hub/freshness.h"
#include "schema/dates.h"
#include "sync/net/http_message.h"

namespace zimnik::hub {

/// What a page of an account was made of.
struct DiaryBasis {
  struct Link {
    GuardianLink link;
    std::uint64_t version = 0;  ///< of its school; 0: the school isn't here
    bool is_closed = false;     ///< since the hub was restored
    bool operator==(const Link&) const = default;
  };
  std::vector<Link> links;
  bool operator==(const DiaryBasis&) const = default;
};
/// As it is now: to be asked before the page is made.
DiaryBasis basis_of(Hub& hub, std::int64_t account);

struct KeptPage {
  DiaryBasis basis;
  sync::SchoolId school;
  std::int64_t pupil = 0;
  std::string zone;
  journal::Date today;  ///< there
  Freshness freshness;  ///< of that school
  sync::Time until;     ///< the end of the visit that it was made for (seen_store.h)
  net::Response response;
};

class DiaryCache {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{64} * 1024 * 1024;  ///< the oldest go

  /// The account, the address with its query, the language, whether it is compressed.
  using Key = std::tuple<std::int64_t, std::string, std::string, bool>;

  std::shared_ptr<const KeptPage> find(const Key& key) const;
  void keep(const Key& key, KeptPage page);

 private:
  mutable std::mutex mutex_;
  std::map<Key, std::shared_ptr<const KeptPage>> pages_;
  std::deque<Key> order_;  ///< in which they came
  std::size_t bytes_ = 0;
};

/// Whether the page is still what the account would be answered.
bool holds(Hub& hub, std::int64_t account, const KeptPage& page);

}  // namespace zimnik::hub
