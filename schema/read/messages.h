// What school and family have written to each other about a pupil.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/read/people.h"
#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::journal {

struct Message {
  std::int64_t id = 0;
  std::string text;  ///< empty where it can't be read here
  PersonName author;
  bool is_of_family = false;  ///< the pupil or a guardian wrote it, who may work here too
  std::optional<sync::Time> sent_at;
  std::optional<sync::Time> read_at;  ///< when the other side saw it first
};
struct MessageThread {
  std::int64_t id = 0;
  std::vector<Message> messages;  ///< the first one first
};

inline constexpr std::size_t kMessagesOnPage = 100;

/// Where a message stands among those of a pupil, the latest first.
struct MessagePosition {
  std::int64_t sent_ms = 0;  ///< since 1970; 0 where it isn't known
  std::int64_t id = 0;
};
struct MessagePage {
  std::vector<MessageThread> threads;  ///< with the latest word first; of each what is on the page
  std::optional<MessagePosition>
      before;  ///< earlier ones stand before this; nothing: there are none
};
/// The latest `most` messages of a pupil before that place; of what was written in this school year
/// and the one before.
MessagePage message_page(sync::Database& database, std::int64_t pupil, int school_year,
                         const std::optional<MessagePosition>& before = {},
                         std::size_t most = kMessagesOnPage);
/// Of all that message_page() leafs through, those of the other side that nobody of the reader's
/// side has seen yet.
std::int64_t count_unread(sync::Database& database, std::int64_t pupil, int school_year,
                          bool is_read_by_family);
/// Those of the other side that nobody of the reader's side has seen yet.
std::vector<std::int64_t> unread_messages(const std::vector<MessageThread>& threads,
                                          bool is_read_by_family);

/// A thread that a family spoke in last.
struct UnansweredThread {
  std::int64_t pupil = 0;
  PersonName name;
  Message last;
};
/// Of the pupils of a class on that day, the longest unanswered first.
std::vector<UnansweredThread> unanswered_threads(sync::Database& database,
                                                 std::int64_t school_class, Date date);

}  // namespace zimnik::journal
