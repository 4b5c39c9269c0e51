// The bounds on what people enter. Texts are in bytes of UTF-8.
#pragma once

#include <cstddef>

namespace zimnik::journal::limits {

inline constexpr int kLowestMark = 2;
inline constexpr int kHighestMark = 5;
inline constexpr int kMarkWeight = 10;
inline constexpr int kLessonsInDay = 16;
inline constexpr int kWorksInLesson = 20;
inline constexpr int kAttempts = 20;
inline constexpr int kPlanLines = 1000;  // of a lesson plan
inline constexpr int kPlanHours = 100;   // of a line of it
inline constexpr int kLateMinutes = 300;
inline constexpr int kGradeLevels = 11;
inline constexpr int kCodeDays = 30;                      // until a code for a password is over
inline constexpr int kTimetableDays = 400;                // that are looked at at once
inline constexpr int kNoticeDays = 60;                    // of absence that a family says ahead
inline constexpr int kYearsOfAge = 18;                    // a pupil decides for itself from then on
inline constexpr std::size_t kNameBytes = 400;            // of a person, school, class, subject
inline constexpr std::size_t kNumberBytes = 100;          // of an order, protocol, document
inline constexpr std::size_t kTopicBytes = 2000;          // of a lesson
inline constexpr std::size_t kHomeworkBytes = 8000;       // of a lesson
inline constexpr std::size_t kCommentBytes = 2000;        // of a mark
inline constexpr std::size_t kMessageBytes = 16000;       // of a message or remark
inline constexpr std::size_t kFamilyMessageBytes = 4000;  // of a family's
inline constexpr std::size_t kAbsenceMessageBytes = 1000;  // the school's text for it
inline constexpr std::size_t kLoginBytes = 64;             // an author's name in a leaf has no more
inline constexpr std::size_t kVerifierBytes = 1000;        // of a password

inline constexpr int kYearHours = 2000;                    // of a course in a school year
inline constexpr std::size_t kImportBytes = 1'000'000;     // a file that is brought in
inline constexpr std::size_t kImportRows = 10'000;         // its rows
inline constexpr std::size_t kArchiveFiles = 64;           // files of an archive that is brought in
inline constexpr std::size_t kArchiveFileBytes = 8 << 20;  // one of them, unpacked
inline constexpr std::size_t kArchiveBytes = 32 << 20;     // all of them, unpacked
inline constexpr std::size_t kArchiveRows = 100'000;       // rows of one of them
inline constexpr std::size_t kImportFields = 100;          // fields of a row

}  // namespace zimnik::journal::limits
