#include "hub/delivery/outbox.h"

#include "hub/query.h"
#include "hub/random.h"

namespace zimnik::hub {
namespace {

using journal::each_row;
using journal::string_at;
using journal::text_value;
using sync::Database;
using sync::Statement;

constexpr std::size_t kIdBytes = 16;  // of chance in a Message-ID
const std::string kSelect =
    "SELECT id, account, kind, school, pupil, message_id, made_at, state, is_doubtful, attempts, "
    "next_at, ended_at, reply FROM outbox ";

std::int64_t number_of(LetterState state) { return static_cast<std::int64_t>(state); }

OutboxLetter letter_at(const Statement& row) {
  OutboxLetter letter;
  letter.id = row.integer(0);
  letter.head = {row.integer(1), static_cast<LetterKind>(row.integer(2)), {}, row.integer(4)};
  if (!row.is_null(3)) letter.head.school = sync::SchoolId::from(row.blob(3));
  letter.message_id = string_at(row, 5);
  letter.made = {row.integer(6)};
  letter.state = static_cast<LetterState>(row.integer(7));
  letter.is_doubtful = row.integer(8) != 0;
  letter.attempts = static_cast<int>(row.integer(9));
  letter.next = {row.integer(10)};
  letter.ended = time_at(row, 11);
  letter.reply = string_at(row, 12);
  return letter;
}

std::vector<OutboxLetter> letters(Database& database, const std::string& condition,
                                  std::initializer_list<sync::Value> values) {
  std::vector<OutboxLetter> found;
  each_row(database, kSelect + condition, values,
           [&](const Statement& row) { found.push_back(letter_at(row)); });
  return found;
}

}  // namespace

std::int64_t Outbox::queue(Database& database, const LetterHead& head, const std::string& domain,
                           sync::Time now) {
  run_sql(database,
          "INSERT INTO outbox (account, kind, school, pupil, message_id, made_at, state, next_at) "
          "VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
          {head.account, static_cast<std::int64_t>(head.kind),
           head.school ? blob_value(*head.school) : sync::Value(), head.pupil,
           text_value(random_hex(kIdBytes) + "@" + domain), now.ms, now.ms});
  return journal::one_integer(database, "SELECT last_insert_rowid()", {}).value();
}

std::int64_t Outbox::queue(const LetterHead& head, const std::string& domain, sync::Time now) {
  return database_.run([&](Database& database) { return queue(database, head, domain, now); });
}

std::optional<OutboxLetter> Outbox::due(sync::Time now) {
  return database_.run([&](Database& database) {
    auto found = letters(database, "WHERE state = 0 AND next_at <= ? ORDER BY next_at, id LIMIT 1",
                         {now.ms});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
  });
}

std::optional<OutboxLetter> Outbox::letter(std::int64_t id) {
  return database_.run([&](Database& database) {
    auto found = letters(database, "WHERE id = ?", {id});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
  });
}

void Outbox::note_sending(std::int64_t id) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE outbox SET state = 1, attempts = attempts + 1 WHERE id = ?", {id});
  });
}

void Outbox::note_sent(std::int64_t id, const std::string& reply, sync::Time now) {
  note_end(id, LetterState::sent, reply, now);
}

void Outbox::note_deferred(std::int64_t id, const std::string& reply, sync::Time next,
                           bool is_doubtful) {
  database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE outbox SET attempts = attempts + (state = 0), state = 0, reply = ?, "
            "next_at = ?, is_doubtful = max(is_doubtful, ?) WHERE id = ?",
            {text_value(reply), next.ms, std::int64_t{is_doubtful ? 1 : 0}, id});
  });
}

void Outbox::note_waiting(std::int64_t id, const std::string& why, sync::Time next) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE outbox SET reply = ?, next_at = ? WHERE id = ?",
            {text_value(why), next.ms, id});
  });
}

void Outbox::note_end(std::int64_t id, LetterState state, const std::string& why, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "UPDATE outbox SET state = ?, reply = ?, ended_at = ? WHERE id = ?",
            {number_of(state), text_value(why), now.ms, id});
  });
}

void Outbox::give_up_older(sync::Time made, const std::string& why, sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE outbox SET state = ?, reply = ?, ended_at = ? WHERE state = 0 AND made_at < ?",
            {number_of(LetterState::failed), text_value(why), now.ms, made.ms});
  });
}

std::size_t Outbox::recover(sync::Time now) {
  return database_.run([&](Database& database) {
    run_sql(database, "UPDATE outbox SET state = 0, is_doubtful = 1, next_at = ? WHERE state = 1",
            {now.ms});
    return static_cast<std::size_t>(database.changes());
  });
}

void Outbox::begin_anew(sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database,
            "UPDATE outbox SET state = ?, ended_at = ?, reply = 'restored' WHERE state < 2",
            {number_of(LetterState::dropped), now.ms});
    run_sql(database, "DELETE FROM delivery_watch", {});
  });
}

void Outbox::drop_old(sync::Time now) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM outbox WHERE state >= 2 AND ended_at < ?", {now.ms - kKeptMs});
    run_sql(database, "DELETE FROM delivery_told WHERE at < ?", {now.ms - kKeptMs});
  });
}

OutboxCounts Outbox::counts() {
  return database_.run([&](Database& database) {
    OutboxCounts counts;
    std::int64_t* const by_state[] = {&counts.queued, &counts.sending, &counts.sent, &counts.failed,
                                      &counts.dropped};
    each_row(database,
             "SELECT state, count(*), sum(is_doubtful) FROM outbox GROUP BY state ORDER BY state",
             {}, [&](const Statement& row) {
               *by_state[row.integer(0)] = row.integer(1);
               counts.doubtful += row.integer(2);
             });
    return counts;
  });
}

std::vector<OutboxLetter> Outbox::listed(std::size_t most) {
  return database_.run([&](Database& database) {
    return letters(database, "WHERE is_doubtful OR state = 3 ORDER BY id DESC LIMIT ?",
                   {static_cast<std::int64_t>(most)});
  });
}

std::vector<OutboxLetter> Outbox::of_account(std::int64_t account, std::size_t most) {
  return database_.run([&](Database& database) {
    return letters(database, "WHERE account = ? ORDER BY made_at DESC, id DESC LIMIT ?",
                   {account, static_cast<std::int64_t>(most)});
  });
}

}  // namespace zimnik::hub
