// Who writes, and what a command may do while its writes are captured.
#pragma once

#include <stdexcept>
#include <string>

#include "sync/core/phrase.h"
#include "sync/core/transaction.h"
#include "sync/core/value.h"
#include "sync/store/database.h"

namespace zimnik::sync {

/// What a page showed when it was read: what had arrived at that replica by then.
struct Seen {
  SiteId site;
  std::uint64_t arrival = 0;
};

/// Who writes, when, from which page. An entry id of page 0 is none: jobs have no page.
struct Entry {
  Origin origin;
  Time time;
  EntryId id;
  Seen seen;
};

class Capture;
class Rows;
struct Schema;
struct TouchedRow;

/// A command that can't be done. Nothing was written.
class CommandRefused : public std::runtime_error {
 public:
  explicit CommandRefused(Phrase why) : std::runtime_error(why.text()), why_(std::move(why)) {}
  explicit CommandRefused(const std::string& why) : CommandRefused(Phrase{why}) {}

  const Phrase& why() const { return why_; }

 private:
  Phrase why_;
};

/// Refused because what is there has a higher basis or rank, or is a person's and not a job's to
/// overwrite. Law 5.
class Outranked : public CommandRefused {
 public:
  using CommandRefused::CommandRefused;
};

/// Lives as long as the command runs. Its thread is the replica's.
class Command {
 public:
  Command(Database& database, const Schema& schema, Rows& rows, Capture& capture)
      : database_(database), schema_(schema), rows_(rows), capture_(capture) {}

  /// For plain SQL on the domain's tables. Leave the `…_version` columns alone.
  Database& database() { return database_; }
  /// Writes the cell with the value that it has after all SQL so far, also where that is the value
  /// already shown: SQLite doesn't tell which columns an UPDATE named. Throws CommandRefused where
  /// there is no such table, row or group.
  void keep(const std::string& table, const Key& key, const std::string& group);
  /// Writes every cell of the row that has a head: a row that was deleted elsewhere stays.
  void keep_row(const std::string& table, const Key& key);

 private:
  TouchedRow& row(const std::string& table, const Key& key);

  Database& database_;
  const Schema& schema_;
  Rows& rows_;
  Capture& capture_;
};

}  // namespace zimnik::sync
