// A hub that serves on this machine, and a school's node that enrolled there.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hub/hub.h"
#include "hub/serve.h"
#include "schema/dates.h"
#include "sync/core/bytes.h"
#include "sync/net/enrolment_client.h"
#include "sync/net/exchange_client.h"
#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {

/// A folder with a hub in it, which serves.
class RunningHub {
 public:
  RunningHub();
  /// One that `make` makes in that folder.
  explicit RunningHub(const std::function<void(const DataFolder&)>& make,
                      Clock clock = system_time);
  /// One that lives by this clock.
  explicit RunningHub(Clock clock);

  /// Until start() nobody serves, and the files may be changed.
  void stop();
  void start();
  /// Of the next start(): ServeOptions has it.
  std::string advertised_address;

  Hub& operator*() { return *hub_; }
  Hub* operator->() { return hub_.get(); }
  int web_port() const { return serving_->web_port(); }
  int console_port() const { return serving_->console_port(); }
  std::string sync_url() const;
  /// What a command gives.
  std::string run(std::vector<std::string> arguments);
  /// All that comes of it, however it ends.
  web::ControlReply call(std::vector<std::string> arguments);
  const DataFolder& data() const { return data_; }
  std::vector<std::string> log();

 private:
  net::test::Folder folder_;
  DataFolder data_;
  const Clock clock_;
  std::mutex mutex_;
  std::vector<std::string> log_;
  std::unique_ptr<Hub> hub_;
  std::unique_ptr<Serving> serving_;
};

/// A school's node, enrolled with a token.
class SchoolSite {
 public:
  /// `former`: the site that it says it was.
  SchoolSite(const std::string& url, const std::string& token, const std::string& name,
             const std::optional<sync::SiteId>& former = {});

  const net::EnrolmentReply& reply() const { return reply_; }
  sync::SiteId id() const { return secret_.id(); }
  const net::SiteSecret& secret() const { return secret_; }
  const net::HttpsOptions& https() const { return https_; }
  /// One command as a person of this rank. Keys of new persons are made with add_person_key().
  void write(const std::function<void(sync::Command&)>& command, std::uint16_t rank = 50);
  void add_person_key(std::int64_t person);
  net::ExchangeReport exchange();
  /// The hub that is restored in place of its own serves at `url`.
  void follow(const std::string& url);
  sync::Replica& replica() { return *replica_; }

 private:
  net::LockedSchool lock();
  void call(const std::string& url, const sync::SiteRecord& hub);

  net::test::Folder folder_;
  net::SiteSecret secret_ = net::SiteSecret::make();
  net::EnrolmentReply reply_;
  net::KeyStore keys_;
  std::unique_ptr<sync::Replica> replica_;
  net::HttpsOptions https_;
  std::unique_ptr<net::ExchangeClient> client_;
  /// No other site's.
  std::uint64_t page_ = sync::Reader(secret_.id().view(), "site").fixed64("id") >> 1;
  std::uint32_t entries_ = 0;
};

}  // namespace zimnik::hub::test
