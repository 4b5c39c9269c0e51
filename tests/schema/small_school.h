// A school of two classes on a real replica, the same in every run.
#pragma once

#include <functional>
#include <string>

#include "schema/dates.h"
#include "schema/lesson_key.h"
#include "tests/sync/store/town.h"

namespace zimnik::journal::test {

using sync::test::exchange;
using sync::test::Node;
using sync::test::Page;
using sync::test::Who;

// People.
inline constexpr std::int64_t kTeacher = 11, kSubstitute = 12, kClassTeacher = 13, kPrincipal = 14,
                              kDeputy = 15;
inline constexpr std::int64_t kIvanov = 21, kPetrova = 22, kMother = 31;
// 7А and 7Б, and what they are taught.
inline constexpr std::int64_t kBranch = 1, kClassA = 701, kClassB = 702, kAlgebra = 801,
                              kCourseA = 901, kCourseB = 902, kControlWork = 1001;
inline constexpr int kYear = 2025;

/// REQUIRES: there is such a day.
Date day(const std::string& text);
/// The first Monday's second lesson of algebra in 7А, and the Wednesday's.
extern const LessonKey kMonday, kWednesday;

/// The schema and the keys of all these people, and of whoever has a number up to 40.
sync::test::Setup journal_setup();

/// One whose role this is, with its rank.
Who teacher(const std::string& login = "teacher");
Who deputy();

using Do = std::function<void(sync::Command&)>;

/// A node that holds the school: algebra on Mondays and Wednesdays as the second lesson, the first
/// quarter from 1 September to 24 October.
Node school_node(const std::string& name = "a");
/// Another node that knows nothing yet.
Node empty_node(const std::string& name);
/// Opens the lesson, the course's teacher teaching.
void open(Node& node, const LessonKey& lesson);
/// What the command was refused with; empty where it wasn't.
std::string refusal(Node& node, const Do& command, const Who& who = teacher());

}  // namespace zimnik::journal::test
