// Guardians, their consents, and what is written to families. Errors as in lesson.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "sync/core/ids.h"
#include "sync/store/command.h"

namespace zimnik::journal {

/// `relation` in a word: мать, отец, опекун.
void add_guardian(sync::Command& command, std::int64_t guardian, std::int64_t pupil,
                  std::string_view relation);
void end_guardianship(sync::Command& command, std::int64_t guardian, std::int64_t pupil,
                      Date last_day);

enum class Agreement : std::uint8_t { granted, refused };
/// Of consent.state's word; refuses any other.
Agreement checked_agreement(std::string_view word);
/// A consent or a refusal, with where it comes from (kByGuardian, else the paper).
void record_consent(sync::Command& command, std::int64_t person, std::string_view purpose,
                    Agreement agreement, std::string_view source, Date date);

/// With the code a person has an account at the region's site: guardians and pupils read diaries
/// there, all bind their federal identity. Refuses who is neither pupil nor staff nor has a child
/// here. `verifier` is the SHA-256 of a code of at least 80 bits of chance; the code itself is
/// shown once and kept nowhere. An older code ends with it.
void issue_diary_access(sync::Command& command, std::int64_t person, const sync::Hash& verifier,
                        sync::Time issued_at);
void withdraw_diary_access(sync::Command& command, std::int64_t guardian);

/// For the diary. `id` from new_id; needs the pupil's key, as names do.
void add_remark(sync::Command& command, std::int64_t id, const LessonKey& lesson,
                std::int64_t pupil, std::string_view text);

struct NewMessage {
  std::int64_t pupil = 0;   ///< about whom
  std::int64_t thread = 0;  ///< the id of its first message; 0 for a new thread
  std::string_view text{};
  std::int64_t author = 0;  ///< who writes: a person
  sync::Time sent_at{};
};
/// To the family, or from it. A thread is of one pupil. `id` from new_id.
void add_message(sync::Command& command, std::int64_t id, const NewMessage& message);
/// That a person has seen it. Nothing where it had before; refuses a message that isn't there.
void note_message_read(sync::Command& command, std::int64_t message, std::int64_t reader,
                       sync::Time read_at);

struct NewAbsenceNotice {
  std::int64_t pupil = 0;
  Date since, until;
  std::string_view reason{};
  std::int64_t author = 0;  ///< who says it: a person
  sync::Time sent_at{};
};
/// A family says that a pupil won't come. One from that day on takes the place of an earlier one.
/// Refuses days in the wrong order, over limits::kNoticeDays, or all before `today`.
void announce_absence(sync::Command& command, const NewAbsenceNotice& notice, Date today);
/// Refuses where there is none from that day on.
void withdraw_absence_notice(sync::Command& command, std::int64_t pupil, Date since);

}  // namespace zimnik::journal
