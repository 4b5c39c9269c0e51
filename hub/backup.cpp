#include "hub/backup.h"

#include <filesystem>
#include <stdexcept>

#include "hub/backup_manifest.h"
#include "schema/tables.h"
#include "sync/net/private_file.h"
#include "sync/store/database_copy.h"
#include "sync/store/new_folder.h"

namespace zimnik::hub {
namespace {

namespace files = std::filesystem;

/// A file of one folder into another, and its place in the manifest.
void add(BackupManifest& manifest, const DataFolder& from, const DataFolder& to,
         const std::string& path) {
  const auto name = path.substr(from.path.size() + 1);
  sync::copy_database(path, to.path + "/" + name);
  manifest.files.push_back(BackupManifest::describe(to.path, name));
}

/// The keys after the replica: none that it needs is missing.
void add_school(BackupManifest& manifest, Hub& hub, School& school, const DataFolder& to) {
  school.lock().replica.sign_heads(hub.now());
  auto with_school = manifest;
  add(with_school, hub.folder(), to, hub.folder().replica(school.id()));
  add(with_school, hub.folder(), to, hub.folder().keys(school.id()));
  manifest = std::move(with_school);
}

/// Up to which forgotten person a backup that is begun now holds nobody's data.
std::int64_t forgotten_before(Hub& hub) {
  const auto last = hub.backups().last_forgotten();
  for (auto* school : hub.schools()) {
    try {
      if (!school->lock().replica.scrub()) return 0;
    } catch (const std::runtime_error&) {
      continue;  // what can't be read is left out
    }
  }
  return last;
}

/// The names of schools that can't be read, with the reasons.
std::string copy_all(Hub& hub, const DataFolder& to) {
  BackupManifest manifest;
  manifest.made = hub.now();
  manifest.region = hub.region().region();
  manifest.program = ZIMNIK_VERSION;
  manifest.schema = journal::journal_schema().version;
  manifest.authority = hub.authority().fingerprint();
  manifest.site = hub.self().id();
  const auto schools = hub.schools();
  // Before the schools: it says of none that it has what its replica lacks.
  add(manifest, hub.folder(), to, hub.folder().database());
  std::string faults;
  for (auto* school : schools) {
    try {
      add_school(manifest, hub, *school, to);
    } catch (const std::runtime_error& error) {
      faults += (faults.empty() ? "" : "; ") + school->entry().name + ": " + error.what();
    }
  }
  manifest.save(to.path);
  return faults;
}

}  // namespace

void back_up(Hub& hub, const std::string& wanted, std::ostream& out) {
  const auto target = sync::folder_path(wanted);
  if (!files::path(target).is_absolute()) throw std::runtime_error(target + ": нужен полный путь");
  if (files::exists(target)) throw std::runtime_error(target + ": там уже что-то есть");
  std::string faults;
  hub.backups().add({target, hub.now(), forgotten_before(hub)});
  try {
    sync::make_folder(target, [&](const std::string& unfinished) {
      const DataFolder copy{unfinished};
      sync::make_folder(copy.schools(), [](const std::string&) {});
      faults = copy_all(hub, copy);
    });
  } catch (...) {
    hub.backups().remove(target);
    throw;
  }
  if (!faults.empty()) throw std::runtime_error(target + ": копия сделана, но без школ: " + faults);
  for (const auto& left : sync::unfinished_beside(target)) {
    out << left << ": копия не окончена, её можно удалить, если другая сейчас не делается\n";
  }
  out << target << ": копия готова, школ: " << hub.schools().size()
      << "\nключа удостоверяющего центра в ней нет: он хранится отдельно (backup --authority)\n";
}

void back_up_authority(const DataFolder& folder, const std::string& target,
                       std::string_view passphrase, std::ostream& out) {
  if (passphrase.size() < kLeastPassphrase) {
    throw std::runtime_error("парольная фраза — первой строкой ввода, не короче " +
                             std::to_string(kLeastPassphrase) + " байт");
  }
  if (files::exists(target)) throw std::runtime_error(target + ": там уже что-то есть");
  if (!files::exists(folder.authority())) {
    throw std::runtime_error(folder.authority() + ": этого файла нет");
  }
  const auto authority = net::CertificateAuthority::load(folder.authority());
  const auto sealed = authority.sealed(passphrase);
  // Else a slip of the hand would be found when it is too late.
  net::CertificateAuthority::unsealed(sealed, passphrase);
  net::write_private_file(target, sealed);
  out << target << ": удостоверяющий центр, отпечаток " << authority.fingerprint().hex()
      << "\nбез парольной фразы файл не открыть: храните её отдельно от него\n";
}

}  // namespace zimnik::hub
