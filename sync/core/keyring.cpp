#include "sync/core/keyring.h"

namespace zimnik::sync {

void Keyring::add_school_key(const SivKey& key) {
  const KeyId id = id_of(key);
  keys_[id] = key;
  if (!school_) school_ = id;
}

void Keyring::add_person_key(const Value& person, const SivKey& key) {
  const KeyId id = id_of(key);
  keys_[id] = key;
  person_keys_.insert_or_assign(id, person);
  persons_[person] = id;
}

void Keyring::drop_person(const Value& person) {
  persons_.erase(person);
  for (auto it = person_keys_.begin(); it != person_keys_.end();) {
    if (it->second == person) {
      keys_.erase(it->first);
      it = person_keys_.erase(it);
    } else {
      ++it;
    }
  }
}

const SivKey* Keyring::find(const KeyId& id) const {
  const auto it = keys_.find(id);
  return it == keys_.end() ? nullptr : &it->second;
}

std::optional<KeyId> Keyring::key_of(const Value& person) const {
  const auto it = persons_.find(person);
  if (it == persons_.end()) return std::nullopt;
  return it->second;
}

Digest Keyring::digest_of_all() const {
  std::string bytes;
  Writer writer(bytes);
  for (const auto& [id, key] : keys_) writer.fixed(id);
  return Digest::from(sha256({"zimnik keyring", bytes}).view().substr(0, Digest::kSize));
}

Digest Keyring::digest(const SiteId& by) const {
  std::string bytes;
  Writer writer(bytes);
  for (const auto& [id, person] : person_keys_) writer.fixed(keys_.at(id));
  const auto hash = sha256({"zimnik keyring", by.view(), bytes});
  return Digest::from(hash.view().substr(0, Digest::kSize));
}

}  // namespace zimnik::sync
