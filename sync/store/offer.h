// How much of each line can be handed on to a peer. One thread.
//
// A leaf can be handed on if the peer knows its site or will have got what makes it known, a head
// that the site signed covers it (of the lines that this site writes: can be made to), and the same
// holds for the leaves before it and for all that it overwrites: whoever lacks these couldn't take
// it.
//
// Nearly always that is all there is. The rest are leaves of a site whose key is gone, or that
// nobody has certified or vouched for yet; they stay here, and all else goes out.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "sync/store/head_signer.h"
#include "sync/store/judge.h"
#include "sync/store/log.h"

namespace zimnik::sync {

class Offer {
 public:
  Offer(Log& log, const Judge& judge, const HeadSigner& signer)
      : log_(log), judge_(judge), signer_(signer) {}

  /// By line, LineId 1 first: how many of its leaves, those before its fork among them.
  /// `introduced` are uncertified sites that the peer is known to know.
  std::vector<std::uint64_t> reach(const std::set<SiteId>& introduced);
  /// Whether it is of a site that wrote before what vouches for it arrived here. In the order of
  /// arrival its leaves would come first, and be a stranger's to the peer.
  bool is_early(const Line& line) const;
  /// After a rollback: what was found may have been of leaves that are gone.
  void reload() { scans_.clear(); }

 private:
  /// What was found when the log was looked through.
  struct Scan {
    std::vector<std::uint64_t> proven;  ///< of the lines, when it was last gone on with
    std::vector<std::uint64_t> sizes;   ///< of the lines, when it ended
    std::vector<std::uint64_t> reach;
    Arrival next = 0;  ///< where it goes on; 0 for none yet
  };
  std::uint64_t proven(const Line& line, const std::set<SiteId>& introduced) const;
  bool goes_on(const Scan& scan, const std::vector<std::uint64_t>& now) const;
  Scan begin(const std::vector<std::uint64_t>& now) const;
  void look_through(Scan& scan, const std::set<SiteId>& introduced);
  bool is_introduced(const Scan& scan, const SiteId& site, Arrival before) const;
  bool goes_out(const Scan& scan, Arrival arrival) const;
  bool overwrites_only_these(const Scan& scan, const StoredLeaf& leaf) const;

  Log& log_;
  const Judge& judge_;
  const HeadSigner& signer_;
  std::map<std::set<SiteId>, Scan> scans_;  ///< by who was introduced
};

}  // namespace zimnik::sync
