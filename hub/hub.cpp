#include "hub/hub.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <stdexcept>

#include "hub/random.h"
#include "hub/recovery.h"
#include "hub/revocations.h"
#include "hub/successions.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

namespace files = std::filesystem;

/// The names of files that every hub has and this folder has not.
std::string missing_files(const DataFolder& folder) {
  std::string missing;
  for (const auto& path : {folder.authority(), folder.site_key(), folder.database()}) {
    std::error_code ignored;
    const auto size = files::file_size(path, ignored);
    if (files::exists(path) && (ignored || size > 0)) continue;
    missing += (missing.empty() ? "" : ", ") + files::path(path).filename().string();
  }
  return missing;
}

/// Whether there is anything of a hub.
bool is_begun(const DataFolder& folder) {
  for (const auto& path : {folder.authority(), folder.site_key(), folder.database(),
                           folder.revocations(), folder.unfinished()}) {
    if (files::exists(path)) return true;
  }
  return files::exists(folder.schools()) && !files::is_empty(folder.schools());
}

[[noreturn]] void refuse_incomplete(const DataFolder& folder, const std::string& missing) {
  throw std::runtime_error(folder.path +
                           ": здесь не весь сервер региона, нет (или пусто): " + missing +
                           ". Верните эти файлы, или восстановите сервер из копии в пустой папке "
                           "(zimnik-hub restore)");
}

void require_finished(const DataFolder& folder) {
  if (!files::exists(folder.unfinished())) return;
  throw std::runtime_error(folder.path +
                           ": восстановление из копии не закончено: повторите zimnik-hub restore");
}

/// The folder, where it holds a hub.
const DataFolder& checked(const DataFolder& folder) {
  require_finished(folder);
  const auto missing = missing_files(folder);
  if (missing.empty()) return folder;
  if (is_begun(folder)) refuse_incomplete(folder, missing);
  throw std::runtime_error(folder.path +
                           ": здесь ещё нет сервера региона (его заводит zimnik-hub init)");
}

}  // namespace

void Hub::make(const DataFolder& folder, const std::string& region, sync::Time now) {
  require_finished(folder);
  if (is_begun(folder)) {
    const auto missing = missing_files(folder);
    if (!missing.empty()) refuse_incomplete(folder, missing);
    throw std::runtime_error(folder.path + ": здесь уже есть сервер региона");
  }
  files::create_directories(folder.schools());
  files::permissions(folder.path, files::perms::owner_all);
  HubDatabase database(folder.database());
  RegionStore(database).set_region(region);
  net::SiteSecret::make().save(folder.site_key());
  // Last: with it there is a hub.
  net::CertificateAuthority::make(region, now).save(folder.authority());
}

Hub::Hub(const DataFolder& folder, Clock clock)
    : folder_(checked(folder)),
      clock_(std::move(clock)),
      database_(folder.database()),
      authority_(net::CertificateAuthority::load(folder.authority())),
      self_(net::SiteSecret::load(folder.site_key())) {
  for (const auto& entry : region_.schools()) insert(entry);
}

School& Hub::insert(const SchoolEntry& entry) {
  const auto record = authority_.certify(entry.id, self_.keys(), sync::SiteKind::hub);
  const auto heed = [this, id = entry.id](net::LockedSchool& opened) { heed_acts(id, opened); };
  auto school =
      std::make_unique<School>(folder_, entry, authority_.public_key(), self_, record, heed);
  const std::unique_lock lock(mutex_);
  return *schools_.insert_or_assign(entry.id, std::move(school)).first->second;
}

School& Hub::add_school(const std::string& name) {
  return add({sync::SchoolId::from(random_bytes(sync::SchoolId::kSize)), name});
}

School& Hub::add_lost_school(const std::string& name, const sync::SchoolId& id) {
  if (find(id) != nullptr) throw std::runtime_error(id.hex() + ": эта школа здесь уже есть");
  const auto revoked = read_revocations(folder_.revocations(), authority_.public_key());
  const auto last = recoveries_.last();
  recoveries_.close(id, last.value_or(Restoration{now(), now(), {}}));
  auto& school = add({id, name});
  const auto locked = school.lock();
  if (last) retire_hub(locked.replica, last->site, now());
  reapply_revocations(locked.replica, id, revoked, now());
  return school;
}

School& Hub::add(const SchoolEntry& entry) {
  auto& school = insert(entry);
  school.make();
  region_.add_school(entry, now());
  return school;
}

School* Hub::find(const sync::SchoolId& id) {
  const std::shared_lock lock(mutex_);
  const auto found = schools_.find(id);
  return found == schools_.end() ? nullptr : found->second.get();
}

School* Hub::find(const std::string& id) {
  const auto bytes = sync::from_hex(id);
  if (!bytes || bytes->size() != sync::SchoolId::kSize) return nullptr;
  return find(sync::SchoolId::from(*bytes));
}

std::string Hub::name_of(const sync::SchoolId& id) {
  const auto* school = find(id);
  return school == nullptr ? id.hex() : school->entry().name;
}

void Hub::heed_acts(const sync::SchoolId& id, net::LockedSchool& school) {
  for (const auto& site : school.replica.sites()) {
    region_.note_revoked(site.record.keys.id(), site.revoked, now());
  }
  note_logged_successions(*this, school.replica, id);
  std::vector<std::int64_t> persons;
  for (const auto& person : school.replica.forgotten()) {
    if (const auto* number = std::get_if<std::int64_t>(&person)) persons.push_back(*number);
  }
  families_.forget(id, persons);
}

std::vector<School*> Hub::schools() {
  std::vector<School*> schools;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, school] : schools_) schools.push_back(school.get());
  }
  std::sort(schools.begin(), schools.end(), [](const School* left, const School* right) {
    return std::tie(left->entry().name, left->id()) < std::tie(right->entry().name, right->id());
  });
  return schools;
}

}  // namespace zimnik::hub
