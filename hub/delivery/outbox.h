// Letters that are to go, went, or couldn't, in hub.db. A letter holds no text and no name: it
// knows whom it is for and of what kind, and is written anew from the school's journal at the
// moment that it goes (letter.h). Any thread.
//
//   queued ──▶ sending ──▶ sent          sending: the server has asked for the letter (after DATA)
//     ▲  │        │  └───▶ failed        failed: refused for good, or given up
//     │  │        └──────▶ queued        deferred, or its fate isn't known: then doubtful
//     │  └───────────────▶ dropped       nobody may read it any more, or nothing is left to tell
//     └─ at the start of a hub: found in `sending`, it was interrupted, and is doubtful
//
// A doubtful letter may arrive twice, under one Message-ID; no other letter may.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/delivery/kinds.h"
#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

/// Persisted: do not change.
enum class LetterState : std::uint8_t {
  queued = 0,
  sending = 1,
  sent = 2,
  failed = 3,
  dropped = 4
};

struct LetterHead {
  std::int64_t account = 0;
  LetterKind kind = LetterKind::confirmation;
  std::optional<sync::SchoolId> school;  ///< of news
  std::int64_t pupil = 0;                ///< of news
};

struct OutboxLetter {
  std::int64_t id = 0;
  LetterHead head;
  std::string message_id;
  sync::Time made;
  LetterState state = LetterState::queued;
  bool is_doubtful = false;
  int attempts = 0;
  sync::Time next;                  ///< of one that is queued: not before
  std::optional<sync::Time> ended;  ///< when it was sent, failed or dropped
  std::string reply;                ///< the last one, or why not
};

struct OutboxCounts {
  std::int64_t queued = 0, sending = 0, sent = 0, failed = 0, dropped = 0, doubtful = 0;
};

class Outbox {
 public:
  /// So long is kept what went and what didn't.
  static constexpr std::int64_t kKeptMs = std::int64_t{120} * 24 * 3600 * 1000;

  explicit Outbox(HubDatabase& database) : database_(database) {}

  /// Inside a transaction on hub.db. Gives the letter's id. `domain` is of its Message-ID.
  static std::int64_t queue(sync::Database& database, const LetterHead& head,
                            const std::string& domain, sync::Time now);
  std::int64_t queue(const LetterHead& head, const std::string& domain, sync::Time now);

  /// The one that is due longest; nothing where none is.
  std::optional<OutboxLetter> due(sync::Time now);
  std::optional<OutboxLetter> letter(std::int64_t id);
  /// Durable when it returns: from here on the letter may have been accepted.
  void note_sending(std::int64_t id);
  void note_sent(std::int64_t id, const std::string& reply, sync::Time now);
  /// It goes again at `next`. A doubtful one stays so.
  void note_deferred(std::int64_t id, const std::string& reply, sync::Time next, bool is_doubtful);
  /// It waits, and that was no attempt.
  void note_waiting(std::int64_t id, const std::string& why, sync::Time next);
  /// REQUIRES: `state` is failed or dropped.
  void note_end(std::int64_t id, LetterState state, const std::string& why, sync::Time now);
  /// Those that are queued since before that have failed.
  void give_up_older(sync::Time made, const std::string& why, sync::Time now);

  /// What was found in `sending` is queued again, and doubtful. REQUIRES: nobody sends.
  std::size_t recover(sync::Time now);
  /// Of a hub that is made of a backup: what was queued then may have gone since, so it is dropped,
  /// and what was told isn't told again.
  void begin_anew(sync::Time now);
  void drop_old(sync::Time now);

  OutboxCounts counts();
  /// The doubtful and the failed ones, the newest first, `most` at most.
  std::vector<OutboxLetter> listed(std::size_t most);
  /// Of an account, the newest first.
  std::vector<OutboxLetter> of_account(std::int64_t account, std::size_t most);

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
