// A node at work: the journal of its school, its keys, and who it is. Any thread, but for what is
// said to be under the journal's lock.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "node/configuration.h"
#include "node/data_folder.h"
#include "node/journal.h"
#include "node/local_state.h"
#include "node/own_site.h"
#include "sync/net/exchange_client.h"
#include "sync/net/key_store.h"
#include "sync/net/site_key.h"

namespace zimnik::node {

class SchoolNode {
 public:
  /// A journal of an older version is brought up to this one's; `say` gets lines of that for the
  /// technician. Throws sync::FileIsNewer where it is of a newer one, std::runtime_error where the
  /// folder isn't an enrolled node's, or another process has it open.
  explicit SchoolNode(DataFolder folder, const std::function<void(const std::string&)>& say = {});

  const DataFolder& folder() const { return folder_; }
  Configuration configuration() const;
  /// Changes it, in the file first, and tells who listens. Throws what `change` throws, and where
  /// the file can't be written; then nothing has changed.
  void configure(const std::function<void(Configuration&)>& change);
  /// Is called after each change, in the thread that made it, and never under the journal's lock.
  void on_configured(std::function<void()> hear);
  /// Hears no more.
  void stop_hearing();
  /// The site that it writes as: changes where it goes on as a new one. Valid for as long as this.
  const net::SiteSecret& self() const { return own_.self(); }
  const OwnSite& own_site() const { return own_; }
  Journal& journal() { return *journal_; }
  LocalState& state() { return state_; }

  /// A client for the hub, one for a sibling.
  std::unique_ptr<net::ExchangeClient> hub_client() const;
  std::unique_ptr<net::ExchangeClient> sibling_client(const Sibling& sibling) const;
  /// A whole exchange, and a note of what the other has now: the hub, or the node that is named.
  /// One that is revoked isn't called.
  net::ExchangeReport exchange(net::ExchangeClient& client, const sync::SiteId& sibling = {});
  /// Keys that other sites lack, ready to go with the next exchanges.
  void hand_out_keys(net::LockedSchool& school) const;
  /// After an act of one's own, before more is written: see KeyCourier::heed_acts().
  void heed_acts(net::LockedSchool& school) const;
  /// After an exchange with the hub that ended so: a new certificate, where less than a third of
  /// this one's life is left, or the hub didn't take it. False where none is due, or one was asked
  /// for within the hour, or none was given. What came of it is told.
  bool renew_where_due(const net::ExchangeReport& last,
                       const std::function<void(const std::string&)>& tell);
  /// Whether it holds no key of the school, as one that was enrolled just now.
  bool lacks_school_key();
  /// Where its log has turned out not to be its own alone, goes on as a new site; tells of it.
  void heal(const std::function<void(const std::string&)>& tell);
  /// Asks the hub for record and certificate, where this is a new site that goes on from one whose
  /// key is at hand. False where none is due, or none was given. What came of it is told.
  bool certify_where_due(const std::function<void(const std::string&)>& tell);
  /// Enrols a new site that goes on from one whose key isn't at hand. Throws std::runtime_error
  /// where it is enrolled already, or the token is another school's, and what net::enrol() throws.
  void enroll_again(const std::string& hub, const std::string& token, const std::string& name);
  /// Has the log of the site that it goes on from vouch for it. Under the journal's lock, once the
  /// peer has given all that it has; true where something was written.
  bool vouch_where_due(sync::Replica& replica);
  /// After an exchange with the hub that ended so: where another site of the hub's kind answers in
  /// its place (the region's server was restored from a backup), that one is the hub from now on.
  /// The region's authority must have signed its record, and no act revoked it. False where nothing
  /// has changed. What came of it is told.
  bool follow_hub(const net::ExchangeReport& last,
                  const std::function<void(const std::string&)>& tell);
  /// What is used to call a server of the region as this node. A site that the region hasn't
  /// certified yet shows the certificate of the one that it goes on from.
  net::HttpsOptions https() const;
  /// Whether it has a certificate to show.
  bool can_call() const;

 private:
  std::unique_ptr<net::ExchangeClient> client(const std::string& url, const sync::SiteId& site,
                                              bool is_above) const;
  void begin();
  bool is_stranger(sync::Replica& replica) const;
  void go_on(sync::Replica& replica, journal::SuccessionReason reason);
  void name_own_site();
  void keep_certificate(const Configuration& told);
  void take_enrolment(net::EnrolmentReply reply, const std::function<void(Configuration&)>& change);
  void follow(const sync::SiteId& sibling, const net::ExchangeReport& report);
  const net::SiteSecret* key_of(const std::string& certificate_pem) const;
  void change_configuration(const std::function<void(Configuration&)>& change);
  void tell_configured();

  DataFolder folder_;
  mutable std::mutex configuration_mutex_;
  Configuration configuration_;
  std::mutex asking_mutex_;  ///< of what is asked of the hub
  std::chrono::steady_clock::time_point next_renewal_{}, next_succession_{};
  std::mutex hear_mutex_;
  std::vector<std::function<void()>> hear_;
  net::KeyStore keys_;  ///< its lock is the folder's
  OwnSite own_;
  LocalState state_;
  std::unique_ptr<Journal> journal_;
};

/// For people: how an exchange ended.
std::string describe(const net::ExchangeReport& report);

/// Now, by this machine's clock.
sync::Time system_time();

/// Makes the folder and the site's keys, where there are none. Throws std::runtime_error where
/// there are.
void make_site(const DataFolder& folder);
/// Enrols with the hub and writes the configuration. May be repeated after any failure.
void enroll(const DataFolder& folder, const std::string& hub, const std::string& token,
            const std::string& name);

}  // namespace zimnik::node
