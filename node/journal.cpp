#include "node/journal.h"

#include <algorithm>
#include <utility>

namespace zimnik::node {
namespace {

constexpr std::size_t kIdleReaders = 8;

}  // namespace

Journal::Reading::Reading(Journal& journal) : journal_(journal) {
  {
    const std::lock_guard lock(journal.readers_mutex_);
    if (!journal.readers_.empty()) {
      database_ = std::move(journal.readers_.back());
      journal.readers_.pop_back();
    }
  }
  if (!database_) {
    database_ = std::make_unique<sync::Database>(sync::Database::open_read_only(journal.path_));
  }
  database_->execute("BEGIN");
}

Journal::Reading::~Reading() {
  try {
    database_->execute("COMMIT");
  } catch (const sync::DatabaseError&) {
    return;  // the connection goes with it
  }
  const std::lock_guard lock(journal_.readers_mutex_);
  if (journal_.readers_.size() < kIdleReaders) journal_.readers_.push_back(std::move(database_));
}

net::LockedSchool Journal::lock() {
  auto lock = std::make_shared<std::unique_lock<std::mutex>>(mutex_);
  before_sending_(*replica_);
  return {*replica_, keys_, std::move(lock)};
}

void Journal::write(const std::function<void(sync::Replica&)>& use) {
  with_replica([&](sync::Replica& replica) {
    replica.batch([&] {
      use(replica);
      replica.sign_heads(clock_());
    });
  });
  notice();
}

void Journal::make_person_keys(const std::vector<std::int64_t>& persons) {
  const std::lock_guard lock(mutex_);
  const auto forgotten = replica_->forgotten();
  std::vector<sync::NewKey> keys;
  for (const auto person : persons) {
    if (std::find(forgotten.begin(), forgotten.end(), sync::Value(person)) != forgotten.end()) {
      continue;
    }
    if (!replica_->keyring().key_of(person)) keys.push_back({person, sync::random_siv_key()});
  }
  // In the file first: a value whose key is lost can never be read again.
  keys_.add(keys);
  replica_->add_keys(keys);
}

void Journal::notice() {
  {
    const std::lock_guard lock(written_mutex_);
    ++writes_;
  }
  written_.notify_all();
}

bool Journal::wait_for_write(std::uint64_t& known, std::chrono::milliseconds most) {
  std::unique_lock lock(written_mutex_);
  written_.wait_for(lock, most, [&] { return writes_ != known || is_stopped_; });
  return std::exchange(known, writes_) != writes_;
}

void Journal::wait_for_stop(std::chrono::milliseconds most) {
  std::unique_lock lock(written_mutex_);
  written_.wait_for(lock, most, [&] { return is_stopped_; });
}

void Journal::stop() {
  {
    const std::lock_guard lock(written_mutex_);
    is_stopped_ = true;
  }
  written_.notify_all();
}

}  // namespace zimnik::node
