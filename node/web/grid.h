// The page of a class and subject as JSON: what the server fills the grid with, and what the grid
// asks for again while it is open. Pure but for what it reads.
//
//   { course, title, from, to, may_edit, page, seen: {site, arrival},
//     work_types: [{id, name, short, weight}],
//     lessons: [{date, number, topic, homework, no_homework, kind, planned, listed, off_timetable,
//                substitution, plan_position, proposed?: {position, topic, homework},
//                works: [{work, type, weight, title}]}],
//     pupils:  [{id, name, average, arithmetic, final,
//                cells: [{text, attendance, minutes, listed, taught,
//                         marks: [{work, attempt, text, weight, comment, protocol}]}]}] }
//
// A lesson has a cell for each pupil. `works` are the columns that say what they are for.
// `substitution` is who taught, for whom and by which order; empty where it is none.
// `page` is the page's random id (a decimal string: it has 64 bits); with a counter of the page's
// own it makes an entry be written once.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "schema/dates.h"
#include "schema/read/journal_page.h"
#include "sync/store/database.h"

namespace zimnik::node {

/// Nothing where there is no such course. `teacher` is for whom planned lessons of `today` are
/// added.
std::optional<nlohmann::json> grid_json(sync::Database& database, std::int64_t course,
                                        journal::Date from, journal::Date to, std::int64_t teacher,
                                        journal::Date today);
/// One cell.
nlohmann::json cell_json(const journal::PageCell& cell);

}  // namespace zimnik::node
