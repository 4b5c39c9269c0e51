// The journal of a school as all of a node's threads share it: one writer behind a lock, and
// readers that never wait for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sync/net/key_courier.h"
#include "sync/store/replica.h"

namespace zimnik::node {

class Journal {
 public:
  /// `path` is the replica's file: readers open it again. `before_sending` is called under the lock
  /// when it is given for an exchange; what it throws keeps anything from being sent.
  Journal(std::string path, std::unique_ptr<sync::Replica> replica, net::KeyStore& keys,
          std::function<void(sync::Replica&)> before_sending, std::function<sync::Time()> clock)
      : path_(std::move(path)),
        replica_(std::move(replica)),
        keys_(keys),
        before_sending_(std::move(before_sending)),
        clock_(std::move(clock)) {}

  /// For an exchange.
  net::LockedSchool lock();

  /// Runs `use` with the replica; one thread at a time.
  template <class Use>
  auto with_replica(Use use) {
    const std::lock_guard lock(mutex_);
    return use(*replica_);
  }
  /// Runs `use` with a connection that only reads. What it reads is of one moment.
  template <class Use>
  auto read(Use use) {
    Reading reading(*this);
    return use(reading.database());
  }
  /// Runs `use` with the replica, and commits once: all that it writes, and the signed heads of the
  /// logs. So others can take every leaf of this file, even where the site's key is lost. What it
  /// throws leaves nothing written. Wakes whoever waits for a write.
  void write(const std::function<void(sync::Replica&)>& use);

  /// Makes keys for persons that have none, durably. Before their names are written.
  void make_person_keys(const std::vector<std::int64_t>& persons);

  /// Waits for a write after those that `known` counts, for so long at most, or until `stop` is
  /// called. True if there was one; `known` then counts all. Who waits begins with 0.
  bool wait_for_write(std::uint64_t& known, std::chrono::milliseconds most);
  /// Waits for so long, or until `stop` is called.
  void wait_for_stop(std::chrono::milliseconds most);
  void stop();

 private:
  /// Takes a connection, begins to read, and puts it back.
  class Reading {
   public:
    explicit Reading(Journal& journal);
    ~Reading();
    sync::Database& database() { return *database_; }

   private:
    Journal& journal_;
    std::unique_ptr<sync::Database> database_;
  };
  void notice();

  std::string path_;
  std::mutex mutex_;  ///< of replica_
  std::unique_ptr<sync::Replica> replica_;
  net::KeyStore& keys_;  ///< under the same lock
  std::function<void(sync::Replica&)> before_sending_;
  std::function<sync::Time()> clock_;
  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<sync::Database>> readers_;  ///< that nobody uses now
  std::mutex written_mutex_;
  std::condition_variable written_;
  std::uint64_t writes_ = 0;
  bool is_stopped_ = false;
};

}  // namespace zimnik::node
