#include "node/backup.h"

#include <filesystem>
#include <stdexcept>

#include "node/configuration.h"
#include "sync/store/automatic_backup.h"
#include "sync/store/database_copy.h"
#include "sync/store/new_folder.h"
#include "sync/store/replica.h"

namespace zimnik::node {
namespace {

namespace files = std::filesystem;

std::vector<std::string> copy_all(const DataFolder& folder, const DataFolder& copy) {
  sync::copy_database(folder.journal(), copy.journal());
  sync::copy_database(folder.keys(), copy.keys());
  const auto configuration = Configuration::load(folder);
  if (!configuration) throw std::runtime_error(folder.configuration() + ": нет такого файла");
  configuration->save(copy);
  std::vector<std::string> names;
  for (const auto& path : {copy.journal(), copy.keys(), copy.configuration()}) {
    names.push_back(files::path(path).filename());
  }
  return names;
}

/// Whether the folder that something lay in is there, and isn't the empty place of a medium that
/// was taken out.
bool holds_anything(const files::path& folder) {
  std::error_code error;
  const files::directory_iterator entries(folder, error);
  return !error && entries != files::directory_iterator();
}

KeptCopy::State state_of(const std::string& path) {
  std::error_code error;
  const bool is_there = files::exists(path, error);
  if (is_there && sync::is_unfinished_name(path)) return KeptCopy::State::unfinished;
  if (is_there) return KeptCopy::State::there;
  return holds_anything(files::path(path).parent_path()) ? KeptCopy::State::deleted
                                                         : KeptCopy::State::unreachable;
}

}  // namespace

Backup back_up(const DataFolder& folder, LocalState& state, const std::string& wanted,
               sync::Time now) {
  const auto target = sync::folder_path(wanted);
  if (!files::path(target).is_absolute()) throw std::runtime_error(target + ": нужен полный путь");
  if (files::exists(target)) throw std::runtime_error(target + ": там уже что-то есть");
  remove_unfinished_backups(state);
  Backup backup{{target, now, sync::Replica::schema_version(folder.journal())}, {}};
  sync::NewFolder unfinished(target);
  const auto path = unfinished.path();
  state.add_backup({path, now, backup.note.schema});
  try {
    backup.files = copy_all(folder, DataFolder{path});
    state.finish_backup(path, backup.note, [&] { unfinished.finish(); });
  } catch (...) {
    unfinished.remove();
    if (!files::exists(path)) state.remove_backup(path);
    throw;
  }
  return backup;
}

std::vector<std::string> remove_unfinished_backups(LocalState& state) {
  std::vector<std::string> removed;
  for (const auto& backup : state.backups()) {
    if (!sync::remove_unfinished(backup.path)) continue;
    state.remove_backup(backup.path);
    removed.push_back(backup.path);
  }
  return removed;
}

std::string KeptCopy::text() const {
  return path + (state == State::unfinished    ? " (не окончена)"
                 : state == State::unreachable ? " (сейчас недоступна)"
                                               : "");
}

std::vector<KeptCopy> registered_copies(LocalState& state) {
  std::vector<KeptCopy> copies;
  for (const auto& backup : state.backups()) copies.push_back({backup.path, state_of(backup.path)});
  return copies;
}

std::vector<std::string> copies_made(const DataFolder& folder, LocalState& state) {
  std::vector<std::string> copies;
  for (const auto& copy : registered_copies(state)) {
    if (copy.state != KeptCopy::State::deleted) copies.push_back(copy.text());
  }
  for (const auto& file : {folder.journal(), folder.keys(), folder.local()}) {
    for (const auto& copy : sync::automatic_backups(file)) copies.push_back(copy.path);
  }
  return copies;
}

}  // namespace zimnik::node
