// The symmetric keys at hand: the school's, under which its sealed stream lies, and those of
// persons. Given by the caller; how they are handed out isn't this layer's business.
#pragma once

#include <map>
#include <optional>

#include "sync/core/crypto.h"
#include "sync/core/frontier.h"
#include "sync/core/value.h"

namespace zimnik::sync {

class Keyring {
 public:
  /// What lies under it opens from then on. New leaves of the school stream are sealed under the
  /// first that was added, unless seal_under() says otherwise.
  void add_school_key(const SivKey& key);
  /// REQUIRES: it is a school's key that was added.
  void seal_under(const KeyId& school_key) { school_ = school_key; }
  /// New values of the person are enciphered under the key added last.
  void add_person_key(const Value& person, const SivKey& key);
  void drop_person(const Value& person);

  const SivKey* find(const KeyId& id) const;
  std::optional<KeyId> school_key() const { return school_; }
  std::optional<KeyId> key_of(const Value& person) const;
  /// What a site says of the keys of persons that it holds. Who holds the same can tell; who hasn't
  /// the keys can't make it, nor take another site's word for its own: a message carries plain text
  /// to whom it is from.
  Digest digest(const SiteId& by) const;
  /// Equal where two keyrings hold the same keys: what can be read under one can under the other.
  Digest digest_of_all() const;

 private:
  std::map<KeyId, SivKey> keys_;
  std::map<KeyId, Value> person_keys_;
  std::map<Value, KeyId> persons_;
  std::optional<KeyId> school_;
};

}  // namespace zimnik::sync
