#include "sync/store/database_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "sync/store/database.h"
#include "sync/store/durable.h"

namespace zimnik::sync {
namespace {

/// All pages in one step: of one moment, whatever is written meanwhile.
void copy_pages(Database& from, Database& to) {
  auto* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup != nullptr) {
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
  }
  const int result = sqlite3_extended_errcode(to.handle());
  if (result == SQLITE_OK) return;
  throw DatabaseError(result,
                      from.path() + " to " + to.path() + ": " + sqlite3_errmsg(to.handle()));
}

/// A file that goes with this object unless it was kept.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {
    remove();  // a leftover of a copy that broke off may have another mode
    sync_path(path_, O_WRONLY | O_CREAT | O_EXCL);
  }
  ~Temporary() { remove(); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::string& path() const { return path_; }

 private:
  /// SQLite's files beside it too.
  void remove() {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) ::unlink((path_ + end).c_str());
  }
  std::string path_;
};

}  // namespace

void copy_database(const std::string& from, const std::string& to) {
  const Temporary copy(to + ".new");
  {
    auto source = Database::open_read_only(from);
    auto target = Database::open_plain(copy.path());
    target.execute("PRAGMA synchronous = OFF");  // the whole file is synced below
    copy_pages(source, target);
  }
  // The pages say that there is a log of writes beside them.
  Database::open_plain(copy.path()).execute("PRAGMA journal_mode = DELETE");
  sync_path(copy.path(), O_RDONLY);
  rename_durably(copy.path(), to);
}

}  // namespace zimnik::sync
