// A replica of one school on SQLite: tables that anybody can read, and under them the signed logs
// that they are the fold of.
//
//   write     plain SQL inside write(); the engine captures the rows that changed, makes a
//             transaction of them, appends it to the site's log and rewrites the rows from the
//             fold, in one SQLite transaction that is durable when write() returns
//   exchange  generate() gives a message for a peer, receive() takes one; what it refuses changes
//             nothing
//   read      the tables by SQL; what is listed for people by listed(), history(), review()
//
// One thread at a time may call a Replica; other threads read through connections of their own
// (Database::open_read_only). One process at a time may open a file: a second one is refused.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/core/attestation.h"
#include "sync/core/frontier.h"
#include "sync/core/keyring.h"
#include "sync/core/leaf.h"
#include "sync/core/proof.h"
#include "sync/core/schema.h"
#include "sync/core/site.h"
#include "sync/store/automatic_backup.h"
#include "sync/store/command.h"
#include "sync/store/database.h"
#include "sync/store/listed.h"

namespace zimnik::sync {

/// The site that a replica writes as.
struct Identity {
  SiteRecord record;
  SigningKey key;
};

/// A symmetric key, of a person or of the school.
struct NewKey {
  std::optional<Value> person;  ///< none for a key of the school
  SivKey key;
};

enum class Saved : std::uint8_t {
  written,
  held,     ///< this entry id was written before: nothing was done
  nothing,  ///< no cell was written
};

/// What came of a message.
struct Received {
  std::size_t leaves = 0;          ///< new here
  std::size_t waiting = 0;         ///< left out: what they overwrite isn't held
  bool hole = false;               ///< nothing was taken: what it builds on isn't held here
  std::string reason;              ///< of the hole, for operators
  std::optional<SiteId> lacked{};  ///< whose log, or record, the hole is of
  bool in_step = false;            ///< both hold the same set
  bool more = false;               ///< the peer has more to send
  std::vector<LogId> forked;       ///< logs that now have one branch more

  /// Whether all that the peer holds and can hand on is held here now.
  bool is_all() const { return !hole && !more && waiting == 0; }
};

/// How far the taking on of a newer schema has come.
struct Migration {
  std::uint32_t from = 0, to = 0;  ///< versions of the schema
  std::string backup;        ///< path of the copy of the file as it was; empty until it's made
  std::uint64_t folded = 0;  ///< leaves that are in the new tables
  std::uint64_t leaves = 0;  ///< of how many; 0 until the copy is made
};
using MigrationTold = std::function<void(const Migration&)>;

class Replica {
 public:
  /// Opens or makes the database at `path` (":memory:" for one that is gone with the object).
  /// A newer schema than the file's is taken on: the file is copied (automatic_backup.h), then
  /// tables are made and the log is folded anew, in one transaction that writes no leaf. `tell`
  /// hears of it: before the copy, after it, and up to a hundred times on the way; what it throws
  /// ends it. Throws FileIsNewer where the file is of a newer schema, std::runtime_error where
  /// another process has it open, where it belongs to another school, or where the disk has no room
  /// for a migration; std::invalid_argument where the schema doesn't hold. Whatever it throws, and
  /// wherever the process ends, the file is as it was.
  Replica(const std::string& path, Schema schema, SchoolId school, PublicKey authority,
          Identity identity, Keyring keyring, const MigrationTold& tell = {});
  ~Replica();
  Replica(const Replica&) = delete;
  Replica& operator=(const Replica&) = delete;

  /// Of the schema that the tables of the file at `path` are of; 0 where it is no replica's yet.
  /// The file may be open. Throws DatabaseError.
  static std::uint32_t schema_version(const std::string& path);

  // -- writing --------------------------------------------------------------------------------

  /// Runs `command`'s SQL, captures it and commits. Throws CommandRefused, or whatever `command`
  /// throws; then nothing was written. A command over both streams makes two transactions; one
  /// that doesn't fit a leaf is split into several.
  Saved write(const Entry& entry, const std::function<void(Command&)>& command);
  /// Writes an act. Its rank is the entry's, capped by the kind of this site.
  Saved act(const Entry& entry, decltype(Act::what) what, const std::string& reason);
  /// Vouches for the site that will take this one's place.
  Saved vouch(const Entry& entry, const SiteKeys& keys, SiteKind kind);
  /// Several writes in one commit: none of them is durable before it returns, and if anything
  /// throws none is written.
  void batch(const std::function<void()>& writes);

  /// Whether an edit of this entry would be void as soon as it is written: an act takes its
  /// account's work, or all of this site's.
  bool is_void(const Entry& entry) const;

  /// What a page read now has seen.
  Seen seen() const;
  /// The writer's own connection, for reading: what is written past write() isn't captured.
  Database& database();

  /// Gives back memory that it keeps to be quicker: for who has many replicas, and isn't going to
  /// use this one for a while.
  void rest();

  // -- the site that it writes as ---------------------------------------------------------------

  /// Whether this replica isn't the only one that writes as its site, or wasn't: its log has forked
  /// here, or leaves of it came from others that weren't held. They were lost here (an old backup,
  /// a disk that lied), or a copy of this file wrote them. It should go on as a new site. Holds
  /// when the file is opened again; false after become().
  bool is_doubted();
  /// Goes on writing as `next`, whose keys nobody else may have, and gives back the identity that
  /// it wrote as until now. Signs the heads of the logs that it leaves. What a page saw so far
  /// counts as nothing seen. Throws Refused where the record has a signature that doesn't hold;
  /// then nothing has changed. At the next start the replica has to be opened with `next`.
  Identity become(Identity next, Time now);
  /// Vouches for this replica's site at the end of the log of the one that it goes on from, and
  /// signs that log's head: whoever knows that site knows this one then. `held` where it has
  /// done so before.
  Saved vouch_as(const Identity& predecessor, const Entry& entry);

  // -- exchange -------------------------------------------------------------------------------

  /// A message of about `budget` bytes for this peer: what it lacks, as far as is known here, and
  /// where this replica stands. Signs heads with `now` as their time. Leaves out what can't be
  /// proven to the peer: leaves that no signed head covers, of logs that this site doesn't write;
  /// those of sites that aren't known here; and what overwrites either.
  std::string generate(const SiteId& peer, Time now, std::size_t budget);
  /// The peer said, beside its message, that it reads messages of version 2: from now on, and in
  /// later runs, they are of that version, and where this site is a hub they have receipts.
  void note_reader(const SiteId& peer);
  /// A message for this peer that says where this replica stands, and brings nothing.
  std::string say_standing(const SiteId& peer, Time now);
  /// Signs the heads of this site's logs: in one batch() with what was written, or before a backup.
  /// What a file holds beyond them can't be proven to others where the site's key is lost.
  void sign_heads(Time now);
  /// Takes a peer's message, but for what has to wait (`waiting`). Throws Refused where it isn't
  /// authentic or is over bounds; then nothing has changed.
  Received receive(const SiteId& peer, std::string_view message, Time now);
  /// Where copies of what is held here lie, as far as exchanges have shown. Where it is known which
  /// hub the region has now, another one's don't count: it was restored as a new site.
  Copies copies(const std::optional<SiteId>& region = {});
  /// Of each of these arrivals, in their order, what is known of its way to the region. REQUIRES:
  /// they did arrive.
  std::vector<AtRegion> at_region(const std::vector<std::uint64_t>& arrivals);
  /// The sites with which there were exchanges.
  std::vector<PeerStanding> peers();
  /// Site records that were made elsewhere (at enrolment). Throws Refused where one isn't signed.
  void add_site(const SiteRecord& record);
  /// All sites that are known here, this one too, by id.
  std::vector<ListedSite> sites();
  /// Whether an act in force revokes the site, or it has fallen with those that vouched for it.
  bool is_revoked(const SiteId& site) const;

  /// Which sites go on as which, in the order in which that was heard here.
  std::vector<ListedSuccession> successions();

  // -- keys -----------------------------------------------------------------------------------

  /// Of the region that this replica trusts.
  const PublicKey& authority() const;
  const Keyring& keyring() const;
  /// Takes keys that were made here or handed out elsewhere; those held already, and those of
  /// forgotten persons, are left. What lay under them can be read from then on: all is folded anew
  /// where a leaf held needs one. Kept in memory alone: the caller gives them again at the next
  /// start.
  void add_keys(const std::vector<NewKey>& keys);

  /// The persons who are forgotten. Their keys go from memory as the act comes; the caller sees to
  /// those that it keeps.
  std::vector<Value> forgotten() const;
  /// Sees to it that neither the file's free pages nor its log of writes hold what was forgotten.
  /// Does nothing where that was done since the last forgetting; writes the file anew where not.
  /// False where that wasn't possible now: a reader is in the way, or the disk is full.
  bool scrub();
  /// New leaves of the school stream are sealed under this key from then on. REQUIRES: it is a
  /// school's, and was added.
  void seal_under(const KeyId& school_key);

  // -- what is listed -------------------------------------------------------------------------

  /// What has become of a row, whether its table shows it or not.
  RowFold::State state(const std::string& table, const Key& key);
  /// Rows and cells that people should look at, in no order.
  std::vector<Listed> listed();
  /// Tables and groups that this schema doesn't know and leaves held write, by id.
  std::vector<Unfolded> unfolded();
  /// Oddities, by arrival.
  std::vector<Flag> flags();
  /// All acts held, by arrival.
  std::vector<ListedAct> acts();
  /// What to look at after an act. Both lists are a function of the set held, empty where the act
  /// isn't in force, and of what can be read here. A tip of the act's frontier that isn't held yet
  /// is taken to lie on the branch that is. Looks through the whole log. Throws
  /// std::invalid_argument where the hash names no act that is held.
  ActReview review(const Hash& act);
  /// What arrived with that number; nothing where it can't be read here, or nothing did.
  std::optional<Transaction> transaction(std::uint64_t arrival);
  /// The site and the place in its log of what arrived with that number, and in which log.
  /// REQUIRES: it did arrive.
  std::pair<LogId, std::uint64_t> place(std::uint64_t arrival) const;
  /// Every version that the cell ever had, oldest arrival first, with what became of it.
  std::vector<HistoryItem> history(const std::string& table, const Key& key,
                                   const std::string& group);
  /// Every version of the row, of one group where it isn't empty, as others can check it off line.
  /// REQUIRES: sign_heads() was called since the last write, or that is left out.
  RowProof prove(const std::string& table, const Key& key, const std::string& group,
                 bool with_keys);
  /// This site's word that `what`, of this content, was made of its shared log as it is now, with
  /// the newest receipt of that log. Nothing where its log is empty. REQUIRES: `what` has at most
  /// limits::kAttestedBytes.
  std::optional<Attestation> attest(const std::string& what, const Hash& content, Time now);
  /// Whether the first so many leaves of the log, on whichever branch, have this root.
  bool holds_state(const LogId& log, std::uint64_t size, const Hash& root);
  /// Checks every leaf, hash, signature and table cell. One line for each thing that doesn't
  /// hold; empty where all does.
  std::vector<std::string> verify();
  /// All tips held, sorted.
  Frontier frontier() const;
  /// Whether this leaf is held, at this place of its log, on whichever branch.
  bool holds(const Tip& leaf);
  /// Every leaf held, in the order of arrival; `transaction` is null where it can't be read here.
  void for_each_leaf(
      const std::function<void(std::uint64_t arrival, const Hash& name, const LeafPlace& place,
                               const Transaction* transaction)>& use);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zimnik::sync
