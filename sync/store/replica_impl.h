// What a Replica is made of. Internal to sync/store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sync/store/capture.h"
#include "sync/store/exchange.h"
#include "sync/store/file_lock.h"
#include "sync/store/head_signer.h"
#include "sync/store/judge.h"
#include "sync/store/local_writer.h"
#include "sync/store/log.h"
#include "sync/store/receipts.h"
#include "sync/store/replica.h"
#include "sync/store/rows.h"

namespace zimnik::sync {

class Replica::Impl {
 public:
  Impl(const std::string& path, Schema with_schema, SchoolId with_school, PublicKey with_authority,
       Identity with_identity, Keyring with_keyring, const MigrationTold& tell);

  Saved write(const Entry& entry, const std::function<void(Command&)>& command);
  Saved append(const Entry& entry, decltype(Transaction::body) body);
  Received receive(const SiteId& peer, std::string_view bytes, Time now);
  std::vector<std::string> verify();
  std::vector<ListedAct> acts();
  ActReview review(const Hash& act);
  std::vector<ListedSite> sites();
  std::vector<ListedSuccession> successions();
  bool is_doubted();
  Identity become(Identity next, Time now);
  Saved vouch_as(const Identity& predecessor, const Entry& entry);
  void add_keys(const std::vector<NewKey>& keys);
  bool scrub();

  /// Runs `work` in one SQLite transaction, or inside the one that is under way. What it throws
  /// undoes all of it, in memory too.
  void transact(const std::function<void()>& work);
  /// Notes leaves of this site's own logs that came from others.
  void doubt_by(const std::vector<Arrival>& arrivals);
  /// Folds anew what an act or a site record has made void, or brought back, among the leaves up to
  /// `last`.
  void reconsider(const Verdict& before, Arrival last);
  /// Takes the keys of forgotten persons from memory, until the transaction under way fails.
  void drop_forgotten_keys();
  /// Folds everything anew from the log. `folded` hears of each leaf.
  void rebuild(const std::function<void(Arrival)>& folded = {});
  /// The same, with tables made anew: what was folded was of another schema, or of other keys.
  void remake_tables(const std::function<void(Arrival)>& folded = {});
  /// Keys that a leaf lies under, or its values, and that aren't held: once one comes, all is
  /// folded anew.
  void note_unopened(const StoredLeaf& leaf);
  /// What of a leaf this version doesn't know: it is folded after the upgrade, with all.
  void note_unfolded(const StoredLeaf& leaf);
  bool was_unopened(const KeyId& key);
  /// Of leaves that came sealed, before the school's key did: the names that they overwrite and
  /// that aren't held. Who holds the key lets such a leaf wait; it isn't seen to by who doesn't.
  void note_missing();
  bool was_missing(const std::vector<Arrival>& arrivals);
  void flag(Arrival arrival, Flag::Reason reason);
  void flag_odd_overs();
  void flag_clock(Arrival arrival, Time now);

  Schema schema;
  SchoolId school;
  PublicKey authority;
  Identity identity;
  SiteId site;  ///< of the identity
  Keyring keyring;
  FileLock lock;
  Database database;
  Log log;
  Judge judge;
  Rows rows;
  HeadSigner signer;
  Receipts receipts;
  LocalWriter writer;
  Capture capture;
  Exchange exchange;

 private:
  static Database open(const std::string& path, const Schema& schema, const SchoolId& school,
                       const MigrationTold& tell);
  static void make_tables(Database& database, const Schema& schema);
  void adopt(const std::string& path, const MigrationTold& tell);
  void migrate(Migration migration, const MigrationTold& tell);
  std::string meta(const std::string& name);
  void set_meta(const std::string& name, std::string_view value);

  bool is_transacting_ = false;
  bool is_doomed_ = false;           ///< something in the transaction under way has failed
  std::optional<Keyring> had_keys_;  ///< before the transaction under way dropped some
};

}  // namespace zimnik::sync
