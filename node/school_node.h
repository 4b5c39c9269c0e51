// A node at work: the journal of its school, its keys, and who it is. Any thread, but for what is
// said to be under the journal's lock.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "node/configuration.h"
#include "node/data_folder.h"
#include "node/journal.h"
#include "node/local_state.h"
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
  /// Is called after each change, in the thread that made it. An empty function ends that.
  void on_configured(std::function<void()> hear);
  const net::SiteSecret& self() const { return self_; }
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
  /// After an exchange with the hub that ended so: where another site of the hub's kind answers in
  /// its place (the region's server was restored from a backup), that one is the hub from now on.
  /// The region's authority must have signed its record, and no act revoked it. False where nothing
  /// has changed. What came of it is told.
  bool follow_hub(const net::ExchangeReport& last,
                  const std::function<void(const std::string&)>& tell);
  /// What is used to call a server of the region as this node.
  net::HttpsOptions https() const;

 private:
  std::unique_ptr<net::ExchangeClient> client(const std::string& url, const sync::SiteId& site,
                                              bool is_above) const;
  DataFolder folder_;
  net::SiteSecret self_;
  mutable std::mutex configuration_mutex_;
  Configuration configuration_;
  std::mutex renewal_mutex_;
  std::chrono::steady_clock::time_point next_renewal_{};
  std::mutex hear_mutex_;
  std::function<void()> hear_;
  net::KeyStore keys_;
  std::unique_ptr<Journal> journal_;
  LocalState state_;
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
