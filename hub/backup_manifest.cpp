#include "hub/backup_manifest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sync/core/encoding.h"
#include "sync/net/private_file.h"

namespace zimnik::hub {
namespace {

namespace files = std::filesystem;
using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::size_t kMostBytes = 16 * 1024 * 1024;  // some ten thousand schools

template <class Id>
Id id_from(const json& text) {
  const auto bytes = sync::from_hex(text.get<std::string>());
  if (!bytes || bytes->size() != Id::kSize) throw std::runtime_error("an id that isn't one");
  return Id::from(*bytes);
}

sync::Hash hash_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::system_error(errno, std::generic_category(), path);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  std::vector<char> part(64 * 1024);
  while (file.read(part.data(), static_cast<std::streamsize>(part.size())) || file.gcount() > 0) {
    EVP_DigestUpdate(digest.get(), part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw std::system_error(errno, std::generic_category(), path);
  sync::Hash hash;
  EVP_DigestFinal_ex(digest.get(), hash.bytes.data(), nullptr);
  return hash;
}

/// Of files that a hub's folder has: nothing that leads out of it.
std::string checked_name(const std::string& name) {
  const files::path path(name);
  const bool is_inside = path.is_relative() && path == path.lexically_normal() && !name.empty() &&
                         *path.begin() != "..";
  if (!is_inside) throw std::runtime_error("a file outside of the backup: " + name);
  return name;
}

bool has_file(const BackupManifest& manifest, const std::string& name) {
  return std::any_of(manifest.files.begin(), manifest.files.end(),
                     [&](const BackupManifest::File& file) { return file.name == name; });
}

/// A school's replica without its keys, or the keys alone, is no school.
std::string partner_of(const std::string& name) {
  const std::string keys = ".keys.db", replica = ".db";
  if (name.ends_with(keys)) return name.substr(0, name.size() - keys.size()) + replica;
  return name.substr(0, name.size() - replica.size()) + keys;
}

/// Throws where no hub has made such a backup.
void require_possible(const BackupManifest& manifest) {
  constexpr std::int64_t kLeastMs = 946'684'800'000, kMostMs = 7'258'118'400'000;  // 2000, 2200
  if (manifest.made.ms < kLeastMs || manifest.made.ms >= kMostMs) {
    throw std::runtime_error("время копии невозможно");
  }
  if (manifest.site.is_zero()) throw std::runtime_error("узел сервера не назван");
  if (!has_file(manifest, "hub.db")) throw std::runtime_error("в описи копии нет hub.db");
  for (const auto& file : manifest.files) {
    if (!file.name.starts_with("schools/") || !file.name.ends_with(".db")) continue;
    const auto partner = partner_of(file.name);
    if (!has_file(manifest, partner)) throw std::runtime_error("в описи копии нет " + partner);
  }
}

}  // namespace

BackupManifest::File BackupManifest::describe(const std::string& folder, const std::string& name) {
  const auto path = folder + "/" + name;
  return {name, files::file_size(path), hash_of_file(path)};
}

void BackupManifest::save(const std::string& folder) const {
  json object{
      {"zimnik_hub_backup", kFormat}, {"made_at_ms", made.ms}, {"region", region},
      {"program", program},           {"schema", schema},      {"authority", authority.hex()},
      {"site", site.hex()},           {"files", json::array()}};
  for (const auto& file : files) {
    object["files"].push_back(
        {{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.hash.hex()}});
  }
  net::write_private_file(folder + "/" + kName, object.dump(1) + "\n");
}

BackupManifest BackupManifest::load(const std::string& folder) {
  const auto path = folder + "/" + kName;
  if (!files::exists(path)) throw std::runtime_error(folder + ": здесь нет копии сервера региона");
  try {
    const auto object = json::parse(net::read_file(path, kMostBytes));
    if (object.at("zimnik_hub_backup").get<int>() != kFormat) {
      throw std::runtime_error("копия другого формата, её сделала другая версия программы");
    }
    BackupManifest manifest;
    manifest.made.ms = object.at("made_at_ms").get<std::int64_t>();
    manifest.region = object.at("region").get<std::string>();
    manifest.program = object.at("program").get<std::string>();
    manifest.schema = object.at("schema").get<std::uint32_t>();
    manifest.authority = id_from<net::Fingerprint>(object.at("authority"));
    manifest.site = id_from<sync::SiteId>(object.at("site"));
    for (const auto& file : object.at("files")) {
      manifest.files.push_back({checked_name(file.at("name").get<std::string>()),
                                file.at("bytes").get<std::uint64_t>(),
                                id_from<sync::Hash>(file.at("sha256"))});
    }
    require_possible(manifest);
    return manifest;
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

void BackupManifest::check(const std::string& folder) const {
  for (const auto& file : files) {
    const auto path = folder + "/" + file.name;
    if (!files::exists(path)) throw std::runtime_error(path + ": в копии нет этого файла");
    if (describe(folder, file.name) != file) {
      throw std::runtime_error(path + ": файл не тот, что был в копии");
    }
  }
}

}  // namespace zimnik::hub
