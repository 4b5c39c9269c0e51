// The symmetric keys that a site holds of one school, and those on their way to others, in a SQLite
// file. A hub's store holds parcels that it can't open.
//
// Parcels have numbers, which only grow; a store has a random epoch, since one that was made anew
// counts from 1 again. A peer says how far it has taken them in. Who stands above (a node's hub)
// gets all, anybody else what is addressed to it.
//
// One thread at a time: it goes under the lock of the school's replica.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/keyring.h"
#include "sync/net/wrapped_keys.h"
#include "sync/store/database.h"
#include "sync/store/file_lock.h"

namespace zimnik::net {

/// How far somebody has taken in the parcels of a store.
struct ParcelCursor {
  std::uint64_t epoch = 0;
  std::uint64_t number = 0;  ///< the last one taken; 0 for none
  bool operator==(const ParcelCursor&) const = default;
};

struct NumberedParcel {
  std::uint64_t number = 0;
  std::string bytes;
};

class KeyStore {
 public:
  /// ":memory:" for one that is gone with the object. Mode 0600. Throws std::runtime_error where
  /// another process has it open.
  explicit KeyStore(const std::string& path);

  // -- keys held ------------------------------------------------------------------------------

  /// Those that are held already are left. Durable when it returns.
  void add(const std::vector<sync::NewKey>& keys);
  /// New leaves are to be sealed under it.
  sync::NewKey make_school_key();
  /// The school's keys that others made are for reading alone: a site that is revoked may hold
  /// them. So who finds one revoked makes a key of its own, once for each, and again where it was
  /// undone meanwhile. Given all sites that are revoked now; whether a key was made. None is where
  /// no key of the school is held.
  bool rotate(const std::vector<sync::SiteId>& revoked);
  /// The school's key that was made here last.
  std::optional<sync::NewKey> sealing_key();
  sync::NewKey make_person_key(const sync::Value& person);
  /// In the order they were added.
  std::vector<sync::NewKey> keys();
  /// Of all keys, for a replica that is opened. Seals under the school's key that was made here
  /// last; where none was, under the first that came.
  sync::Keyring keyring();
  bool has_school_key();
  /// Takes away the keys of persons who were forgotten, once for each, and overwrites them in the
  /// file. Parcels that `self` made may hold some, and any others but those of a key of the school
  /// alone: they go too, and all keys that are left are handed out again. With the new epoch
  /// whoever passes parcels on sees that the older ones are void.
  void forget(const std::vector<sync::Value>& persons, const sync::SiteId& self);

  // -- what was handed out --------------------------------------------------------------------

  /// Keys that this site wasn't handed yet, in order; at most `most`.
  std::vector<sync::NewKey> not_handed(const sync::SiteId& site, bool with_school_keys,
                                       std::size_t most);
  /// In one commit: the parcel, and that its keys were handed out.
  void hand(const Parcel& parcel, const std::vector<sync::NewKey>& keys);
  /// The site sent these: it isn't handed them.
  void note_held(const sync::SiteId& site, const std::vector<sync::NewKey>& keys);
  /// The site has lost its keys: all are handed to it again.
  void hand_again(const sync::SiteId& site);

  // -- parcels in transit ---------------------------------------------------------------------

  std::uint64_t epoch() const { return epoch_; }
  /// Another's parcel, to be passed on; one that is here already is left. Once a person was
  /// forgotten nothing is kept that may hold persons' keys: those are handed to this store too,
  /// which hands them on itself. Throws sync::Refused where too many are waiting.
  void pass_on(const Parcel& parcel);
  /// What this peer lacks, from its cursor on; within the bounds of an envelope and `most` bytes.
  std::vector<NumberedParcel> parcels_for(const sync::SiteId& peer, bool is_above,
                                          const ParcelCursor& taken, std::size_t most);
  /// What waits of this sender is dropped: its store was made anew, and it hands out all again.
  void drop_parcels_of(const sync::SiteId& sender);
  /// What waits for sites that are revoked is dropped.
  void drop_parcels_for(const std::vector<sync::SiteId>& recipients);
  /// What the peer has taken in. What was addressed to it is dropped. Where it has taken less than
  /// it had, its store is gone or was put back to an older state: all keys are handed to it again.
  void taken_by(const sync::SiteId& peer, const ParcelCursor& taken);
  /// What `peer` has last been seen to have taken in.
  ParcelCursor last_taken_by(const sync::SiteId& peer);
  /// How far this site has taken in the peer's.
  ParcelCursor taken_of(const sync::SiteId& peer);
  void take_of(const sync::SiteId& peer, const ParcelCursor& taken);

 private:
  std::int64_t number(const std::string& sql);
  void begin_epoch();
  void truncate_log();
  void delete_parcels_of(const sync::SiteId& sender);
  void delete_parcels_of_persons();
  sync::NewKey insert_school_key();
  void insert(const Parcel& parcel);
  void insert_handed(const sync::SiteId& site, const std::vector<sync::NewKey>& keys);
  void commit(const std::function<void()>& work);
  ParcelCursor cursor(const char* table, const sync::SiteId& peer);
  void set_cursor(const char* table, const sync::SiteId& peer, const ParcelCursor& cursor);

  sync::FileLock lock_;
  sync::Database database_;
  std::uint64_t epoch_ = 0;
};

}  // namespace zimnik::net
