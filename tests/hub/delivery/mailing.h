// A region of one small school whose families are told of news, by a mail server and a clock that
// the test has in hand.
#pragma once

#include <atomic>

#include "hub/delivery/post.h"
#include "hub/delivery/scan.h"
#include "schema/lesson_key.h"
#include "tests/hub/browser.h"
#include "tests/hub/delivery/mail_server.h"
#include "tests/hub/small_school.h"

namespace zimnik::hub::test {

inline constexpr std::int64_t kAlgebraCourse = 901, kHistoryCourse = 902;
inline constexpr const char* kMotherAddress = "mama@example.ru";
inline constexpr std::int64_t kMinuteMs = 60'000, kHourMs = 60 * kMinuteMs, kDayMs = 24 * kHourMs;

struct Mailing {
  Mailing();

  /// Opens an account by a code; gives it. Nothing is chosen yet.
  std::int64_t open_account(const char* code, const std::string& login);
  /// The account's address is confirmed, these are chosen, and the school was looked at once.
  void subscribe(std::int64_t account, const std::string& address,
                 const std::vector<LetterKind>& kinds);
  std::int64_t mother();  ///< subscribed to absences at kMotherAddress

  void write(const std::function<void(sync::Command&)>& command);
  void write_absence(std::int64_t pupil, const journal::LessonKey& lesson);
  void clear_absence(std::int64_t pupil, const journal::LessonKey& lesson);
  /// The school's node exchanges, and the hub looks for news. Gives how many letters were queued.
  std::size_t exchange();
  std::size_t scan();
  std::size_t send() { return post->send_due(); }
  /// As where the hub is begun anew.
  void begin_anew();
  void pass(std::int64_t ms) { shift += ms; }
  /// To that hour of the school's, today or tomorrow.
  void pass_to(int hour);
  std::vector<OutboxLetter> outbox(std::int64_t account) {
    return region.hub->outbox().of_account(account, 100);
  }

  std::atomic<std::int64_t> shift = 0;
  SmallRegion region;
  MailServer server;
  DeliverySettings settings;
  std::vector<std::string> log;
  std::unique_ptr<Post> post;
};

/// Writes delivery.json into a hub's folder.
void write_settings(const DataFolder& data, const MailServer& server,
                    const Gateway* gateway = nullptr);

/// A lesson of the Monday of this week.
journal::LessonKey algebra();
journal::LessonKey history();

}  // namespace zimnik::hub::test
