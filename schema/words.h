// The words that cells hold, where only certain ones are meant. Persisted: do not change.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace zimnik::journal {

/// person.kind.
enum class PersonKind : std::uint8_t { pupil, staff, guardian };
std::string_view word_of(PersonKind kind);

/// attendance.code: what the subject teacher saw.
enum class Absence : std::uint8_t {
  absent,  ///< «н»
  late,    ///< «оп»
};
std::string_view word_of(Absence absence);
std::optional<Absence> absence_of(std::string_view word);

/// excuse.reason: what the class teacher has a document for.
enum class ExcuseReason : std::uint8_t {
  sick,     ///< «б»
  excused,  ///< «у»
};
std::string_view word_of(ExcuseReason reason);
std::optional<ExcuseReason> excuse_reason_of(std::string_view word);

/// lesson.kind: null is an ordinary one.
bool is_lesson_kind(std::string_view word);
/// final_mark.value: 2 to 5, «осв» exempt, «н/а» not assessed, «безотм» ungraded.
bool is_final_value(std::string_view word);
std::span<const std::string_view> final_values();  ///< all of them, the best first
/// reporting_period.code: quarters q1…q4, trimesters t1…t3, half-years h1, h2.
bool is_period_code(std::string_view word);
/// final_mark.period: a reporting period, «year», «exam» or «total» (of the certificate).
bool is_final_period(std::string_view word);

/// account.state and the words of agreement.
inline constexpr std::string_view kOpen = "open", kLocked = "locked";
inline constexpr std::string_view kGranted = "granted", kRefused = "refused",
                                  kWithdrawn = "withdrawn";
/// consent.purpose: reading the diary electronically.
inline constexpr std::string_view kElectronicDiary = "electronic_diary";
/// inspection_remark.state.
inline constexpr std::string_view kRemarkOpen = "open", kRemarkCorrected = "corrected",
                                  kRemarkAccepted = "accepted";
/// entry_review.state.
inline constexpr std::string_view kAccepted = "accepted", kRejected = "rejected";
/// What a guardian did itself, as the source of a contact or a consent.
inline constexpr std::string_view kByGuardian = "guardian";

/// school.time_zone: whether it has the form of an IANA name, and the length, as all that
/// gets into calendars.
bool is_time_zone_name(std::string_view text);

}  // namespace zimnik::journal
