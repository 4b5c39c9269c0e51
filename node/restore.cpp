#include "node/restore.h"

#include <array>
#include <filesystem>
#include <stdexcept>

#include "node/configuration.h"
#include "node/local_state.h"
#include "sync/store/database_copy.h"
#include "sync/store/durable.h"
#include "sync/store/file_lock.h"
#include "sync/store/new_folder.h"
#include "sync/store/replica.h"

namespace zimnik::node {
namespace {

namespace files = std::filesystem;

constexpr const char* kReady = "restored-";  // a whole copy that isn't in its place yet
constexpr const char* kAside = "before-restore-";
constexpr std::array kNames{"journal.db", "keys.db", "node.json"};
constexpr std::array kEnds{"", "-wal", "-shm"};  // SQLite's own beside a database go with it

/// Both files of a node that other processes must not have open.
struct Locks {
  explicit Locks(const DataFolder& folder) : journal(folder.journal()), keys(folder.keys()) {}
  sync::FileLock journal, keys;
};

void require_whole(const std::string& path) {
  auto database = sync::Database::open_read_only(path);
  auto check = database.prepare("PRAGMA integrity_check(1)");
  const bool is_whole = check.step() && check.text(0) == "ok";
  if (!is_whole) throw std::runtime_error(path + ": файл повреждён");
}

void require_backup(const DataFolder& folder, const DataFolder& backup) {
  const auto told = Configuration::load(backup);
  if (!told) {
    throw std::runtime_error(backup.configuration() + ": нет такого файла, это не копия узла");
  }
  const auto here = Configuration::load(folder);
  if (here && here->school() != told->school()) {
    throw std::runtime_error(backup.path + ": копия узла другой школы, «" +
                             told->enrolment.school_name + "»");
  }
}

void copy_backup(const DataFolder& backup, const DataFolder& target) {
  for (const auto& [from, to] :
       {std::pair(backup.journal(), target.journal()), std::pair(backup.keys(), target.keys())}) {
    if (!files::exists(from)) throw std::runtime_error(from + ": нет такого файла");
    sync::copy_database(from, to);
    require_whole(to);
  }
  Configuration::load(backup)->save(target);
}

bool has_any(const DataFolder& folder) {
  for (const auto* name : kNames) {
    if (files::exists(folder.path + "/" + name)) return true;
  }
  return false;
}

/// Each file by itself: what was there goes aside, and the new one takes its place.
void put_in_place(const DataFolder& folder, const std::string& ready, const std::string& aside) {
  for (const std::string name : kNames) {
    if (!files::exists(ready + "/" + name)) continue;  // a run that was interrupted had done it
    for (const std::string end : kEnds) {
      const auto old = folder.path + "/" + name + end;
      if (!files::exists(old)) continue;
      files::create_directory(aside);
      files::permissions(aside, files::perms::owner_all);
      sync::rename_durably(old, aside + "/" + name + end);
    }
    sync::rename_durably(ready + "/" + name, folder.path + "/" + name);
  }
  files::remove_all(ready);
}

std::string aside_of(const DataFolder& folder, const std::string& stamp) {
  return folder.path + "/" + kAside + stamp;
}

}  // namespace

Restored restore(const DataFolder& folder, const std::string& backup, sync::Time now) {
  const DataFolder from{files::absolute(backup).lexically_normal()};
  require_backup(folder, from);
  files::create_directories(folder.path);
  files::permissions(folder.path, files::perms::owner_all);
  finish_restore(folder);
  const Locks locks(folder);
  const auto stamp = std::to_string(now.ms);
  Restored restored{has_any(folder) ? aside_of(folder, stamp) : "",
                    files::exists(folder.site_key())};
  {
    LocalState state(folder.local());
    state.add_backup({from.path, now, sync::Replica::schema_version(from.journal())});
    if (!restored.set_aside.empty() && files::exists(folder.journal())) {
      const auto schema = sync::Replica::schema_version(folder.journal());
      state.add_backup({restored.set_aside, now, schema});
    }
  }
  const auto ready = folder.path + "/" + kReady + stamp;
  sync::make_folder(
      ready, [&](const std::string& unfinished) { copy_backup(from, DataFolder{unfinished}); });
  put_in_place(folder, ready, aside_of(folder, stamp));
  return restored;
}

void finish_restore(const DataFolder& folder) {
  const std::string prefix = kReady;
  std::error_code nothing_there;
  for (const auto& entry : files::directory_iterator(folder.path, nothing_there)) {
    const auto name = entry.path().filename().string();
    if (sync::is_unfinished_name(entry.path())) sync::remove_unfinished(entry.path());
    if (!name.starts_with(prefix)) continue;
    const Locks locks(folder);
    put_in_place(folder, entry.path(), aside_of(folder, name.substr(prefix.size())));
    return;
  }
}

}  // namespace zimnik::node
