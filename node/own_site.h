// The site that this node writes as: its keys, those of the site that it goes on from, and whether
// the folder is still the one that it was. Any thread, but for doubt() and note_sent(), which go
// under the journal's lock.
//
// A node goes on as a new site as soon as it can't be sure to be the only one that writes as its
// old one. The key of the last one that the region certified stays in site.old.key until its log
// vouches for the new site and the region has certified that. A crash at any point is seen to at
// the next start: home.json is changed before site.key.
#pragma once

#include <list>
#include <mutex>
#include <optional>

#include "node/home.h"
#include "sync/net/site_key.h"

namespace zimnik::node {

class OwnSite {
 public:
  /// Makes keys where there are none. `recorded` is the site that the configuration names.
  /// REQUIRES: the folder is this process's. Throws sync::Refused where a file holds no keys.
  OwnSite(const DataFolder& folder, const sync::SiteId& recorded);

  /// Valid for as long as this object.
  const net::SiteSecret& self() const;
  /// Null where there is none, or nothing more is wanted of it.
  const net::SiteSecret* predecessor() const;
  std::optional<WentOn> went_on() const;
  /// What the region said when it certified self(), as far as is kept here.
  std::optional<net::EnrolmentReply> enrolment() const;

  /// Whether its keys were made since the folder was last at work: nobody knows them.
  bool is_new() const { return is_new_; }
  /// Why it should go on as a new site; nothing where all is as it was. `was_home`: there was a
  /// home.json.
  std::optional<journal::SuccessionReason> doubt(sync::Replica& replica, bool was_home) const;
  /// Makes new keys, durably; self() is the new site then. Its predecessor is the old one, where
  /// the region has certified that or it had none itself; else it stays who it was.
  void go_on(journal::SuccessionReason reason, sync::Time now, bool is_certified);
  /// This folder, on this machine, is its home from now on.
  void settle(sync::Time now);
  /// Before anything is sent: others may hold its logs as they are now. Durable when it returns.
  void note_sent(sync::Replica& replica);
  /// The region has certified self() so. Durable when it returns.
  void note_enrolment(const net::EnrolmentReply& enrolment);
  /// What was wanted of the predecessor's key has been had.
  void let_predecessor_go();

 private:
  const DataFolder folder_;
  const sync::SiteId recorded_;
  bool is_new_ = false;
  bool is_broken_off_ = false;  ///< it was going on when it ended: the new key isn't in its place
  mutable std::mutex mutex_;
  std::list<net::SiteSecret> secrets_;  ///< all that were in use: others hold references
  const net::SiteSecret* self_ = nullptr;
  const net::SiteSecret* predecessor_ = nullptr;
  std::optional<Home> home_;
};

}  // namespace zimnik::node
