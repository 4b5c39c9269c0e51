#include "hub/restore.h"

#include <filesystem>
#include <stdexcept>

#include "hub/backup_manifest.h"
#include "hub/hub.h"
#include "hub/recovery.h"
#include "hub/revocations.h"
#include "hub/school.h"
#include "sync/net/limits.h"
#include "sync/net/private_file.h"
#include "sync/store/database_copy.h"

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

/// In hub.db: what this hub can't vouch for any more.
std::vector<SchoolEntry> clear_region(const DataFolder& folder, const Restoration& restoration) {
  HubDatabase database(folder.database());
  RegionStore region(database);
  region.drop_unused_tokens();
  FamilyStore(database).close_all_sessions();
  RecoveryStore recoveries(database);
  recoveries.note_restoration(restoration);
  const auto schools = region.schools();
  for (const auto& school : schools) recoveries.close(school.id, restoration);
  return schools;
}

/// Gives how many of the revocations are in force.
std::size_t take_over(const DataFolder& folder, const BackupManifest& manifest,
                      const net::CertificateAuthority& authority,
                      const std::vector<Revoked>& revoked, sync::Time now) {
  std::size_t in_force = 0;
  const auto self = net::SiteSecret::make();
  self.save(folder.site_key());
  for (const auto& entry : clear_region(folder, {manifest.made, now, manifest.site})) {
    const auto record = authority.certify(entry.id, self.keys(), sync::SiteKind::hub);
    School school(folder, entry, authority.public_key(), self, record);
    const auto locked = school.lock();
    retire_hub(locked.replica, manifest.site, now);
    in_force += reapply_revocations(locked.replica, entry.id, revoked, now);
  }
  return in_force;
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

void require_empty(const DataFolder& folder) {
  if (files::exists(folder.path) && !files::is_empty(folder.path)) {
    throw std::runtime_error(folder.path + ": здесь уже что-то есть");
  }
}

void remove_contents(const std::string& path) {
  std::error_code ignored;
  for (const auto& entry : files::directory_iterator(path, ignored)) {
    files::remove_all(entry.path(), ignored);
  }
}

}  // namespace

void restore(const DataFolder& folder, const RestoreWish& wish, std::string_view passphrase,
             sync::Time now, std::ostream& out) {
  require_empty(folder);
  const auto manifest = BackupManifest::load(wish.backup);
  const auto authority = authority_of(wish.authority, passphrase);
  if (authority.fingerprint() != manifest.authority) {
    throw std::runtime_error(wish.authority + ": центр другого региона, не этой копии");
  }
  files::create_directories(folder.schools());
  files::permissions(folder.path, files::perms::owner_all);
  std::size_t in_force = 0;
  try {
    copy_databases(manifest, wish.backup, folder);
    const auto revoked = take_revocations(folder, wish, authority);
    in_force = take_over(folder, manifest, authority, revoked, now);
    // Last: with it there is a hub.
    authority.save(folder.authority());
  } catch (...) {
    remove_contents(folder.path);
    throw;
  }
  out << "регион «" << manifest.region << "» восстановлен из копии "
      << moment_for_operators(manifest.made)
      << (wish.revocations.empty() ? "\nотзывы, сделанные после неё, сделайте заново до serve"
                                   : "\nотзывов из файла снова в силе: " + std::to_string(in_force))
      << "\n"
      << "школы закрыты, пока не выйдут на связь все их узлы: zimnik-hub status, accept\n";
}

}  // namespace zimnik::hub
