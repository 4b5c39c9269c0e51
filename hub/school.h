// One school at the hub: its replica and keys behind a lock of their own, and connections for those
// who only read. Schools never wait for each other, and readers never wait for the lock.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "hub/data_folder.h"
#include "hub/region_store.h"
#include "sync/net/key_courier.h"
#include "sync/net/key_store.h"
#include "sync/net/site_key.h"
#include "sync/store/replica.h"

namespace zimnik::hub {

/// Any thread. Files are opened at the first use, and made by make() alone: in the place of one
/// that is lost a new one would know nothing of who is revoked, and this hub's log would begin
/// again.
class School {
 public:
  /// `record` is the hub's own in this school; `self` outlives the object. `opened` is called under
  /// the lock, each time that the files were opened; what it throws, lock() does.
  School(const DataFolder& folder, SchoolEntry entry, const sync::PublicKey& authority,
         const net::SiteSecret& self, const sync::SiteRecord& record,
         std::function<void(net::LockedSchool&)> opened = {});

  const SchoolEntry& entry() const { return entry_; }
  const sync::SchoolId& id() const { return entry_.id; }

  /// Makes its files, where there are none.
  void make();
  /// Waits for the lock. Throws std::runtime_error where the files can't be opened, or one is
  /// missing or empty.
  net::LockedSchool lock();
  /// Opens the files, where nobody has; `tell` hears of a schema that is taken on. Throws as lock()
  /// does, and what `tell` throws.
  void bring_up(const sync::MigrationTold& tell);
  /// Nothing where the lock isn't had in that time.
  std::optional<net::LockedSchool> lock_within(std::chrono::milliseconds time);

  /// Gives back what memory it has only to be quicker, where nobody uses it now.
  void rest();

  /// A number that changes whenever what it holds may have changed: what was read after it was
  /// asked for holds as long as it is the same. Waits for nobody.
  std::uint64_t version() const { return version_; }
  /// Whether its files are open, and so of this version's schema. Waits for nobody.
  bool is_open() const { return is_open_; }
  /// Why they couldn't be opened when that was tried last; empty where they are open, or nobody has
  /// tried. Waits for nobody.
  std::string fault() const;

  /// Gives `use` a read-only connection, and what it returns.
  template <class Use>
  auto read(Use use) {
    Reading reading(*this);
    return use(*reading.database);
  }

 private:
  class Held;
  /// A connection that goes back when its reader is done; after an exception it is closed.
  struct Reading {
    explicit Reading(School& school);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    School& school;
    std::unique_ptr<sync::Database> database;
    int exceptions;
  };
  void require_files() const;
  void open(const sync::MigrationTold& tell = {});  ///< REQUIRES: the lock
  void open_files(const sync::MigrationTold& tell);
  void note_fault(const std::string& fault);

  const DataFolder folder_;
  const SchoolEntry entry_;
  const sync::PublicKey authority_;
  const net::SiteSecret& self_;
  const sync::SiteRecord record_;
  const std::function<void(net::LockedSchool&)> opened_;

  std::timed_mutex mutex_;
  std::atomic<bool> is_open_ = false;
  std::atomic<std::uint64_t> version_ = 1;
  std::unique_ptr<net::KeyStore> keys_;
  std::unique_ptr<sync::Replica> replica_;

  mutable std::mutex fault_mutex_;
  std::string fault_;

  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<sync::Database>> idle_;  ///< connections that nobody reads through
};

}  // namespace zimnik::hub
