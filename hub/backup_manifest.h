// What stands in a backup of a hub: manifest.json, which is written last. With it there is a
// backup.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/core/ids.h"
#include "sync/net/certificate.h"

namespace zimnik::hub {

struct BackupManifest {
  static constexpr const char* kName = "manifest.json";

  /// A file of the backup, by its path from the folder.
  struct File {
    std::string name;
    std::uint64_t bytes = 0;
    sync::Hash hash;  ///< SHA-256 of its bytes
    bool operator==(const File&) const = default;
  };

  sync::Time made;
  std::string region;
  std::string program;         ///< the version that made it
  std::uint32_t schema = 0;    ///< of the schools' databases
  net::Fingerprint authority;  ///< under which the sites are
  sync::SiteId site;           ///< the hub's own then
  std::vector<File> files;

  /// Of a file in this folder. Throws std::system_error where it can't be read.
  static File describe(const std::string& folder, const std::string& name);
  /// Whole or not at all, durable when it returns.
  void save(const std::string& folder) const;
  /// Throws std::runtime_error where there is none, where it doesn't hold, or is of a newer format.
  static BackupManifest load(const std::string& folder);
  /// Throws std::runtime_error that names the first file that is missing or isn't as it was.
  void check(const std::string& folder) const;
};

}  // namespace zimnik::hub
