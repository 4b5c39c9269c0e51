// What a node knows that isn't the journal's: who is signed in, when others last had all,
// which backups were made.
// A database file of its own, so that a copy of the journal carries no session. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::node {

/// When the region, or another of the school's nodes, last had all that was held here.
struct Reached {
  sync::Time at;        ///< 0 for never
  std::string fault{};  ///< what came of a later exchange that didn't end so, for people
};

/// Somebody who is signed in.
struct Session {
  std::string login;
  std::string renewed_token;  ///< for the browser from now on; empty where it keeps its own
};

/// A copy of the school's data that was made here. It may be gone since.
struct BackupNote {
  std::string path;          ///< its folder
  sync::Time at;             ///< when it was made
  std::uint32_t schema = 0;  ///< version of the schema of its journal
};

class LocalState {
 public:
  explicit LocalState(const std::string& path);

  /// A new session's token: 256 bits in hexadecimal, kept here only as a hash.
  std::string open_session(const std::string& login, sync::Time now);
  /// Nothing once it was unused for twelve hours, is seven days old, or was closed. A token that is
  /// an hour old is renewed; it is good until the new one is used.
  std::optional<Session> session_of(const std::string& token, sync::Time now);
  void close_session(const std::string& token);
  /// All of a person's.
  void close_sessions_of(const std::string& login);

  /// Of the region, or of the node that is named.
  Reached reached(const sync::SiteId& site = {});
  void set_reached(const Reached& reached, const sync::SiteId& site = {});
  /// What was reached stays.
  void set_fault(const std::string& fault, const sync::SiteId& site = {});

  /// The register of backups: they hold persons' data, who may have to be forgotten. One that is
  /// made at the same path takes the older one's place.
  void add_backup(const BackupNote& backup);
  void remove_backup(const std::string& path);
  /// One that lay unfinished at another path is put into its place by `move`: the register names
  /// both meanwhile. If `move` throws, the register is as it was.
  void finish_backup(const std::string& unfinished, const BackupNote& backup,
                     const std::function<void()>& move);
  std::vector<BackupNote> backups();  ///< the oldest first

 private:
  // Under the lock.
  std::string renew(std::int64_t session, const sync::Hash& present, sync::Time now);
  void forget_previous(std::int64_t session);
  void note_use(std::int64_t session, std::int64_t opened_at, sync::Time now);
  void close(std::int64_t session);
  void put(const BackupNote& backup, const char* or_else);
  void drop(const std::string& path);

  std::mutex mutex_;
  sync::Database database_;
};

}  // namespace zimnik::node
