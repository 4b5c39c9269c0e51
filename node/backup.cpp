#include "node/backup.h"

#include <filesystem>
#include <stdexcept>

#include "node/configuration.h"
#include "sync/store/automatic_backup.h"
#include "sync/store/database_copy.h"
#include "sync/store/durable.h"
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

}  // namespace

Backup back_up(const DataFolder& folder, LocalState& state, const std::string& target,
               sync::Time now) {
  if (!files::path(target).is_absolute()) throw std::runtime_error(target + ": нужен полный путь");
  if (files::exists(target)) throw std::runtime_error(target + ": там уже что-то есть");
  Backup backup{{target, now, sync::Replica::schema_version(folder.journal())}, {}};
  state.add_backup(backup.note);
  try {
    sync::make_folder(target, [&](const std::string& unfinished) {
      backup.files = copy_all(folder, DataFolder{unfinished});
    });
  } catch (...) {
    state.remove_backup(target);
    throw;
  }
  return backup;
}

std::vector<std::string> copies_made(const DataFolder& folder, LocalState& state) {
  std::vector<std::string> paths;
  for (const auto& backup : state.backups()) paths.push_back(backup.path);
  for (const auto& file : {folder.journal(), folder.keys(), folder.local()}) {
    for (const auto& copy : sync::automatic_backups(file)) paths.push_back(copy.path);
  }
  return paths;
}

}  // namespace zimnik::node
