#include "schema/read/messages.h"

#include <algorithm>
#include <limits>
#include <map>

#include "schema/ids.h"
#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Whether the person in that column is the message's pupil, or a guardian of it.
std::string of_family(const std::string& person) {
  return "coalesce(" + person +
         " = m.pupil OR EXISTS (SELECT 1 FROM guardianship g WHERE g.guardian = " + person +
         " AND g.pupil = m.pupil), 0)";
}

/// Receipts of the side that didn't write the message.
std::string of_other_side() {
  return "message_receipt r WHERE r.message = m.id AND " + of_family("r.reader") + " <> " +
         of_family("m.author");
}

/// Rows for message_at() of the messages whose id is in a list in parentheses.
std::string messages_whose_id(const std::string& ids) {
  return "SELECT m.id, m.thread, m.text, m.sent_at, " + of_family("m.author") +
         ", (SELECT min(r.read_at) FROM " + of_other_side() +
         "), a.family_name, a.given_name, a.patronymic "
         "FROM message m LEFT JOIN person a ON a.id = m.author WHERE m.id IN " +
         ids;
}

/// The last message of each thread; parameters: the first id of the years, the pupil.
constexpr const char* kLast =
    "(SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY thread "
    "ORDER BY coalesce(sent_at, 0) DESC, id DESC) AS place FROM message WHERE id >= ? AND "
    "pupil = ?) WHERE place = 1)";

/// Ids of the latest messages; parameters: the first id of the years, the pupil, a place, how many.
constexpr const char* kLatest =
    "(SELECT id FROM message WHERE id >= ? AND pupil = ? AND (coalesce(sent_at, 0), id) < (?, ?) "
    "ORDER BY coalesce(sent_at, 0) DESC, id DESC LIMIT ?)";

Message message_at(const Statement& row) {
  Message message;
  message.id = row.integer(0);
  message.text = string_at(row, 2);
  if (const auto sent_at = integer_at(row, 3)) message.sent_at = sync::Time{*sent_at};
  message.is_of_family = row.integer(4) != 0;
  if (const auto read_at = integer_at(row, 5)) message.read_at = sync::Time{*read_at};
  message.author = PersonName::at(row, 6);
  return message;
}

/// REQUIRES: there is one.
MessagePosition oldest_of(const std::vector<MessagePosition>& positions) {
  return std::ranges::min(positions, {},
                          [](const MessagePosition& it) { return std::pair(it.sent_ms, it.id); });
}

bool are_any_before(Database& database, std::int64_t first_id, std::int64_t pupil,
                    const MessagePosition& position) {
  return has_row(database, std::string("SELECT 1 WHERE EXISTS ") + kLatest,
                 {first_id, pupil, position.sent_ms, position.id, 1});
}

/// By the moment; those without one first.
bool is_earlier(const Message& left, const Message& right) {
  const auto moment = [](const Message& message) {
    return message.sent_at.value_or(sync::Time{}).ms;
  };
  return std::pair(moment(left), left.id) < std::pair(moment(right), right.id);
}

}  // namespace

MessagePage message_page(Database& database, std::int64_t pupil, int school_year,
                         const std::optional<MessagePosition>& before, std::size_t most) {
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  const auto first_id = make_id(school_year - 1, 0);
  const auto place = before.value_or(MessagePosition{kLast, kLast});
  std::map<std::int64_t, MessageThread> found;
  std::vector<MessagePosition> places;
  each_row(database, messages_whose_id(kLatest),
           {first_id, pupil, place.sent_ms, place.id, static_cast<std::int64_t>(most)},
           [&](const Statement& row) {
             auto& thread = found[row.integer(1)];
             thread.id = row.integer(1);
             thread.messages.push_back(message_at(row));
             places.push_back({integer_at(row, 3).value_or(0), row.integer(0)});
           });
  MessagePage page;
  if (places.size() == most && are_any_before(database, first_id, pupil, oldest_of(places))) {
    page.before = oldest_of(places);
  }
  auto& threads = page.threads;
  for (auto& [id, thread] : found) {
    std::sort(thread.messages.begin(), thread.messages.end(), is_earlier);
    threads.push_back(std::move(thread));
  }
  std::sort(threads.begin(), threads.end(),
            [](const MessageThread& left, const MessageThread& right) {
              return is_earlier(right.messages.back(), left.messages.back());
            });
  return page;
}

std::int64_t count_unread(Database& database, std::int64_t pupil, int school_year,
                          bool is_read_by_family) {
  return one_integer(database,
                     "SELECT count(*) FROM message m WHERE m.id >= ? AND m.pupil = ? AND " +
                         of_family("m.author") + " <> ? AND NOT EXISTS (SELECT 1 FROM " +
                         of_other_side() + " AND r.read_at IS NOT NULL)",
                     {make_id(school_year - 1, 0), pupil, std::int64_t{is_read_by_family}})
      .value_or(0);
}

std::vector<std::int64_t> unread_messages(const std::vector<MessageThread>& threads,
                                          bool is_read_by_family) {
  std::vector<std::int64_t> unread;
  for (const auto& thread : threads) {
    for (const auto& message : thread.messages) {
      if (message.is_of_family != is_read_by_family && !message.read_at) {
        unread.push_back(message.id);
      }
    }
  }
  return unread;
}

std::vector<UnansweredThread> unanswered_threads(Database& database, std::int64_t school_class,
                                                 Date date) {
  const Snapshot snapshot(database);
  std::vector<UnansweredThread> unanswered;
  for (const auto& pupil : pupils_of_class(database, school_class, date)) {
    each_row(database, messages_whose_id(kLast), {make_id(date.school_year() - 1, 0), pupil.id},
             [&](const Statement& row) {
               auto last = message_at(row);
               if (last.is_of_family) unanswered.push_back({pupil.id, pupil.name, std::move(last)});
             });
  }
  std::sort(unanswered.begin(), unanswered.end(),
            [](const UnansweredThread& left, const UnansweredThread& right) {
              return is_earlier(left.last, right.last);
            });
  return unanswered;
}

}  // namespace zimnik::journal
