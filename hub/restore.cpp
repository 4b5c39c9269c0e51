#include "hub/restore.h"

#include <fcntl.h>

#include <filesystem>
#include <memory>
#include <stdexcept>

#include "hub/api/key_store.h"
#include "hub/backup_manifest.h"
#include "hub/console/audit_trail.h"
#include "hub/console/operator_store.h"
#include "hub/delivery/outbox.h"
#include "hub/hub.h"
#include "hub/recovery.h"
#include "hub/revocations.h"
#include "hub/school.h"
#include "hub/token_store.h"
#include "sync/core/printable.h"
#include "sync/net/limits.h"
#include "sync/net/private_file.h"
#include "sync/store/database_copy.h"
#include "sync/store/durable.h"
#include "sync/store/file_lock.h"

namespace zimnik::hub {
namespace {

namespace files = std::filesystem;

net::CertificateAuthority authority_of(const std::string& path, std::string_view passphrase) {
  const auto text = net::read_file(path, net::limits::kKeyFileBytes);
  if (text.find("BEGIN ENCRYPTED PRIVATE KEY") == std::string::npos) {
    return net::CertificateAuthority::load(path);
  }
  try {
    return net::CertificateAuthority::unsealed(text, passphrase);
  } catch (const sync::Refused& error) {
    throw std::runtime_error(path + ": парольная фраза (первая строка ввода) не та, или файл " +
                             "повреждён: " + error.what());
  }
}

void copy_databases(const BackupManifest& manifest, const std::string& backup,
                    const DataFolder& folder) {
  manifest.check(backup);
  for (const auto& file : manifest.files) {
    sync::copy_database(backup + "/" + file.name, folder.path + "/" + file.name);
  }
}

/// What was made of a backup.
struct Restored {
  std::vector<SchoolEntry> schools, left_out;  ///< the backup hasn't the files of the latter
  std::size_t in_force = 0;                    ///< revocations
};

/// In hub.db: what this hub can't vouch for any more.
Restored clear_region(const DataFolder& folder, const Restoration& restoration) {
  HubDatabase database(folder.database());
  RegionStore region(database);
  TokenStore(database).drop_unused();
  FamilyStore(database).close_all_sessions();
  Outbox(database).begin_anew(restoration.restored);
  OperatorStore(database).close_all();
  ApiKeyStore(database).end_all(restoration.restored);
  AuditTrail(database).note(
      {kCommandLine, "restore", {}, "", moment_for_operators(restoration.copied)},
      restoration.restored);
  RecoveryStore recoveries(database);
  recoveries.note_restoration(restoration);
  Restored restored;
  for (const auto& school : region.schools()) {
    const bool is_here = files::exists(folder.replica(school.id));
    (is_here ? restored.schools : restored.left_out).push_back(school);
    recoveries.close(school.id, restoration);
    if (!is_here) region.drop_school(school.id);
  }
  return restored;
}

Restored take_over(const DataFolder& folder, const BackupManifest& manifest,
                   const net::CertificateAuthority& authority, const std::vector<Revoked>& revoked,
                   sync::Time now) {
  const auto self = net::SiteSecret::make();
  self.save(folder.site_key());
  auto restored = clear_region(folder, {manifest.made, now, manifest.site});
  for (const auto& entry : restored.schools) {
    const auto record = authority.certify(entry.id, self.keys(), sync::SiteKind::hub);
    School school(folder, entry, authority.public_key(), self, record);
    const auto locked = school.lock();
    retire_hub(locked.replica, manifest.site, now);
    restored.in_force += reapply_revocations(locked.replica, entry.id, revoked, now);
  }
  return restored;
}

/// The file goes on in the new folder.
std::vector<Revoked> take_revocations(const DataFolder& folder, const RestoreWish& wish,
                                      const net::CertificateAuthority& authority) {
  if (wish.revocations.empty()) return {};
  if (!files::exists(wish.revocations)) {
    throw std::runtime_error(wish.revocations + ": нет такого файла");
  }
  const auto revoked = read_revocations(wish.revocations, authority.public_key());
  for (const auto& it : revoked) note_revocation(folder.revocations(), it, authority);
  return revoked;
}

/// A folder while a hub is made in it. What a restore that was killed has left is marked, so that
/// nobody takes it for a hub and the next one clears it away. One process at a time.
class Unfinished {
 public:
  /// Throws std::runtime_error where there is anything that isn't marked.
  explicit Unfinished(const DataFolder& folder) : folder_(folder) {
    files::create_directories(folder.path);
    lock_ = std::make_unique<sync::FileLock>(folder.unfinished());
    if (files::exists(folder.unfinished())) remove_contents();
    if (!is_empty()) {
      files::remove(lock_path());
      throw std::runtime_error(folder.path + ": здесь уже что-то есть");
    }
    net::write_private_file(folder.unfinished(), "");
    files::permissions(folder.path, files::perms::owner_all);
    files::create_directories(folder.schools());
  }
  ~Unfinished() {
    if (is_finished_) return;
    remove_contents();
    std::error_code ignored;
    files::remove(folder_.unfinished(), ignored);
    files::remove(lock_path(), ignored);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  /// With this there is a hub.
  void finish() {
    files::remove(folder_.unfinished());
    is_finished_ = true;
    files::remove(lock_path());
    sync::sync_path(folder_.path, O_RDONLY | O_DIRECTORY);
  }

 private:
  std::string lock_path() const { return folder_.unfinished() + ".lock"; }
  bool is_own(const files::path& path) const {
    return path == folder_.unfinished() || path == lock_path();
  }
  bool is_empty() const {
    for (const auto& entry : files::directory_iterator(folder_.path)) {
      if (!is_own(entry.path())) return false;
    }
    return true;
  }
  /// All but the mark, which goes last.
  void remove_contents() {
    std::error_code ignored;
    for (const auto& entry : files::directory_iterator(folder_.path, ignored)) {
      if (!is_own(entry.path())) files::remove_all(entry.path(), ignored);
    }
  }

  const DataFolder folder_;
  std::unique_ptr<sync::FileLock> lock_;
  bool is_finished_ = false;
};

/// Where no site could tell anything nobody needs to wait.
void open_where_nobody_is_waited_for(const DataFolder& folder) {
  Hub hub(folder);
  for (auto* school : hub.schools()) {
    open_where_all_were_heard(hub, school->lock(), school->id());
  }
}

std::string revocations_text(const RestoreWish& wish, const Restored& restored) {
  if (wish.revocations.empty()) return "отзывы, сделанные после неё, сделайте заново до serve";
  return "отзывов из файла снова в силе: " + std::to_string(restored.in_force);
}

void say(const BackupManifest& manifest, const RestoreWish& wish, const Restored& restored,
         std::ostream& out) {
  out << "регион «" << sync::one_line(manifest.region) << "» восстановлен из копии "
      << moment_for_operators(manifest.made) << "\n"
      << revocations_text(wish, restored) << "\n";
  for (const auto& school : restored.left_out) {
    out << "в копии нет школы «" << sync::one_line(school.name)
        << "»: zimnik-hub school add НАЗВАНИЕ --id " << school.id.hex() << "\n";
  }
  out << "школы закрыты, пока не выйдут на связь все их узлы: zimnik-hub status, accept\n";
}

}  // namespace

void restore(const DataFolder& folder, const RestoreWish& wish, std::string_view passphrase,
             sync::Time now, std::ostream& out) {
  Unfinished unfinished(folder);
  const auto manifest = BackupManifest::load(wish.backup);
  const auto authority = authority_of(wish.authority, passphrase);
  if (authority.fingerprint() != manifest.authority) {
    throw std::runtime_error(wish.authority + ": центр другого региона, не этой копии");
  }
  copy_databases(manifest, wish.backup, folder);
  const auto revoked = take_revocations(folder, wish, authority);
  const auto restored = take_over(folder, manifest, authority, revoked, now);
  authority.save(folder.authority());
  unfinished.finish();
  open_where_nobody_is_waited_for(folder);
  say(manifest, wish, restored, out);
}

}  // namespace zimnik::hub
