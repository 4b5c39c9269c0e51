#include "schema/read/messages.h"

#include <algorithm>
#include <map>

#include "schema/ids.h"
#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

/// Whether the person in that column is the message's pupil, or a guardian of it.
std::string of_family(const std::string& person) {
  return "(" + person +
         " = m.pupil OR EXISTS (SELECT 1 FROM guardianship g WHERE g.guardian = " + person +
         " AND g.pupil = m.pupil))";
}

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

/// By the moment; those without one first.
bool is_earlier(const Message& left, const Message& right) {
  const auto moment = [](const Message& message) {
    return message.sent_at.value_or(sync::Time{}).ms;
  };
  return std::pair(moment(left), left.id) < std::pair(moment(right), right.id);
}

}  // namespace

std::vector<MessageThread> message_threads(Database& database, std::int64_t pupil, int school_year,
                                           std::size_t most) {
  std::map<std::int64_t, MessageThread> found;
  each_row(database,
           std::string("SELECT m.id, m.thread, m.text, m.sent_at, ") + of_family("m.author") +
               ", (SELECT min(r.read_at) FROM message_receipt r WHERE r.message = m.id AND " +
               of_family("r.reader") + " <> " + of_family("m.author") +
               "), a.family_name, a.given_name, a.patronymic "
               "FROM message m LEFT JOIN person a ON a.id = m.author "
               "WHERE m.id >= ? AND m.pupil = ?",
           {make_id(school_year - 1, 0), pupil}, [&](const Statement& row) {
             auto& thread = found[row.integer(1)];
             thread.id = row.integer(1);
             thread.messages.push_back(message_at(row));
           });
  std::vector<MessageThread> threads;
  for (auto& [id, thread] : found) {
    std::sort(thread.messages.begin(), thread.messages.end(), is_earlier);
    threads.push_back(std::move(thread));
  }
  std::sort(threads.begin(), threads.end(),
            [](const MessageThread& left, const MessageThread& right) {
              return is_earlier(right.messages.back(), left.messages.back());
            });
  if (threads.size() > most) threads.resize(most);
  return threads;
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
    for (auto& thread : message_threads(database, pupil.id, date.school_year(), SIZE_MAX)) {
      auto& last = thread.messages.back();
      if (last.is_of_family) unanswered.push_back({pupil.id, pupil.name, std::move(last)});
    }
  }
  std::sort(unanswered.begin(), unanswered.end(),
            [](const UnansweredThread& left, const UnansweredThread& right) {
              return is_earlier(left.last, right.last);
            });
  return unanswered;
}

}  // namespace zimnik::journal
