// The region's own database file, hub.db: what isn't any school's. One connection, which one thread
// at a time uses.
#pragma once

#include <mutex>
#include <string>

#include "sync/store/database.h"
#include "sync/store/file_lock.h"

namespace zimnik::hub {

class HubDatabase {
 public:
  /// Makes the tables that are missing. Throws std::runtime_error where another process has it
  /// open.
  explicit HubDatabase(const std::string& path);

  /// Runs `use` in one transaction, and commits it; if it throws, nothing was written. Any thread.
  template <class Use>
  auto run(Use use) {
    const std::lock_guard lock(mutex_);
    Work work(database_);
    if constexpr (std::is_void_v<decltype(use(database_))>) {
      use(database_);
      work.commit();
    } else {
      auto result = use(database_);
      work.commit();
      return result;
    }
  }

  /// What was overwritten doesn't lie in the log of writes any more.
  void truncate_log();

 private:
  class Work {
   public:
    explicit Work(sync::Database& database) : database_(database) { database_.execute("BEGIN"); }
    ~Work() {
      if (!database_.is_autocommit()) database_.execute("ROLLBACK");
    }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    void commit() { database_.execute("COMMIT"); }

   private:
    sync::Database& database_;
  };

  std::mutex mutex_;
  sync::FileLock lock_;
  sync::Database database_;
};

}  // namespace zimnik::hub
