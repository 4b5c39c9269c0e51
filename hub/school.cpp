#include "hub/school.h"

#include <exception>
#include <filesystem>
#include <stdexcept>

#include "schema/tables.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kIdleConnections = 4;
constexpr const char* kReaderCache = "PRAGMA cache_size = -512";  // KiB; there are many schools

void require_file(const std::string& path) {
  std::error_code error;
  const bool is_there = std::filesystem::exists(path, error);
  const auto size = is_there ? std::filesystem::file_size(path, error) : 0;
  if (error || size > 0) return;  // what else is wrong with it is told by who opens it
  throw std::runtime_error(path +
                           (is_there ? ": этот файл школы пуст" : ": этого файла школы нет") +
                           ", а новый вместо него не заводится: верните его, или восстановите "
                           "сервер из копии в пустой папке (zimnik-hub restore)");
}

}  // namespace

School::School(const DataFolder& folder, SchoolEntry entry, const sync::PublicKey& authority,
               const net::SiteSecret& self, const sync::SiteRecord& record,
               std::function<void(net::LockedSchool&)> opened)
    : folder_(folder),
      entry_(std::move(entry)),
      authority_(authority),
      self_(self),
      record_(record),
      opened_(std::move(opened)) {}

void School::make() {
  const std::lock_guard lock(mutex_);
  if (!is_open_) open_files({});
}

/// The lock, held to write. Its version changes before and after that.
class School::Held {
 public:
  Held(std::unique_lock<std::timed_mutex> lock, std::atomic<std::uint64_t>& version)
      : lock_(std::move(lock)), version_(version) {
    ++version_;
  }
  ~Held() { ++version_; }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  const std::unique_lock<std::timed_mutex> lock_;
  std::atomic<std::uint64_t>& version_;
};

net::LockedSchool School::lock() {
  auto held = std::make_shared<Held>(std::unique_lock(mutex_), version_);
  open();
  return {*replica_, *keys_, held};
}

void School::bring_up(const sync::MigrationTold& tell) {
  const std::lock_guard lock(mutex_);
  open(tell);
}

std::optional<net::LockedSchool> School::lock_within(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_, time);
  if (!lock.owns_lock()) return std::nullopt;
  auto held = std::make_shared<Held>(std::move(lock), version_);
  open();
  return net::LockedSchool{*replica_, *keys_, held};
}

void School::rest() {
  {
    const std::lock_guard lock(idle_mutex_);
    idle_.clear();
  }
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (lock.owns_lock() && is_open_) replica_->rest();
}

void School::require_files() const {
  require_file(folder_.replica(id()));
  require_file(folder_.keys(id()));
}

void School::open(const sync::MigrationTold& tell) {
  if (is_open_) return;
  try {
    require_files();
    open_files(tell);
  } catch (const std::exception& error) {
    note_fault(error.what());
    throw;
  }
  note_fault("");
}

void School::note_fault(const std::string& fault) {
  const std::lock_guard lock(fault_mutex_);
  fault_ = fault;
}

std::string School::fault() const {
  const std::lock_guard lock(fault_mutex_);
  return fault_;
}

void School::open_files(const sync::MigrationTold& tell) {
  // What an attempt that failed has left: it holds the file's lock.
  replica_.reset();
  keys_.reset();
  keys_ = std::make_unique<net::KeyStore>(folder_.keys(id()));
  replica_ = std::make_unique<sync::Replica>(
      folder_.replica(id()), journal::journal_schema(), id(), authority_,
      sync::Identity{record_, self_.signing_copy()}, keys_->keyring(), tell);
  net::LockedSchool opened{*replica_, *keys_, nullptr};
  net::KeyCourier(id(), self_).heed_acts(opened);  // whatever copies of the files were put back
  if (opened_) opened_(opened);
  is_open_ = true;
  ++version_;
}

School::Reading::Reading(School& its_school)
    : school(its_school), exceptions(std::uncaught_exceptions()) {
  // The writer has brought the file up to this version's schema before anybody reads it.
  if (!school.is_open_) {
    const std::lock_guard lock(school.mutex_);
    school.open();
  }
  const std::lock_guard lock(school.idle_mutex_);
  if (!school.idle_.empty()) {
    database = std::move(school.idle_.back());
    school.idle_.pop_back();
    return;
  }
  database = std::make_unique<sync::Database>(
      sync::Database::open_read_only(school.folder_.replica(school.id())));
  database->execute(kReaderCache);
}

School::Reading::~Reading() {
  if (std::uncaught_exceptions() > exceptions) return;
  const std::lock_guard lock(school.idle_mutex_);
  if (school.idle_.size() < kIdleConnections) school.idle_.push_back(std::move(database));
}

}  // namespace zimnik::hub
