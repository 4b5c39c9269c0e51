// Signs the heads of this site's own logs. One thread.
#pragma once

#include "sync/core/crypto.h"
#include "sync/core/log_head.h"
#include "sync/store/log.h"

namespace zimnik::sync {

class HeadSigner {
 public:
  /// Site and key are those that the replica writes as at the moment: they may change.
  HeadSigner(Log& log, const SiteId& site, const SigningKey& key)
      : log_(log), site_(site), key_(key) {}

  const SiteId& site() const { return site_; }
  /// Whether this site writes on: of a log of its own that forked, the first line.
  bool is_own(const Line& line) const;
  /// The head of an own line at this size; kept where it says more than the one before. REQUIRES:
  /// is_own().
  LogHead sign(LineId line, std::uint64_t size, Time now);
  /// Signs all own lines that have grown since.
  void sign_all(Time now);
  /// After this site appended to a line: signs it where that says something else than its head did,
  /// or where the head has fallen far behind. So little would be without a signature if the key
  /// were lost.
  void appended(LineId line, Time now);

 private:
  Log& log_;
  const SiteId& site_;
  const SigningKey& key_;
};

}  // namespace zimnik::sync
