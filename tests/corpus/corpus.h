// A corpus: what the programs of one release wrote and sent, with a manifest of what it means. The
// keys in it were made for it, and nothing else is under them. See README.md.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "sync/store/replica.h"

namespace zimnik::corpus {

std::string read_bytes(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

/// A site record as a manifest has it.
std::string hex_of(const sync::SiteRecord& record);
sync::SiteRecord record_of(const nlohmann::json& hex);

/// Who plays in a corpus: the school, its authority, its keys, and sites.
struct Cast {
  sync::SchoolId school;
  sync::PublicKey authority;
  std::vector<sync::NewKey> keys;
  std::map<std::string, sync::SiteRecord> records;  ///< by a site's name
  std::map<std::string, std::string> seeds;         ///< of their signing keys

  static Cast from(const nlohmann::json& manifest);
  nlohmann::json to_json() const;
  sync::Keyring keyring() const;
  /// A replica of the school in this file, as the site of that name.
  sync::Replica open(const std::string& path, const sync::Schema& schema,
                     const std::string& site) const;
};

class Corpus {
 public:
  /// REQUIRES: `folder` ends without a slash.
  explicit Corpus(const std::string& folder);

  const nlohmann::json& manifest() const { return manifest_; }
  std::string manifest_hash() const { return manifest_hash_; }
  Cast cast() const { return Cast::from(manifest_.at("cast")); }
  /// Calls for each item of that kind, in order, with its bytes and what it is to decode to.
  /// Throws std::runtime_error where the bytes aren't those that the manifest names.
  template <class Use>
  void for_each(const std::string& kind, const Use& use) const {
    for (const auto& item : manifest_.at("items")) {
      if (item.at("kind") == kind) use(item.at("file").get<std::string>(), bytes(item), item);
    }
  }

 private:
  std::string bytes(const nlohmann::json& item) const;

  std::string folder_;
  nlohmann::json manifest_;
  std::string manifest_hash_;
};

}  // namespace zimnik::corpus
