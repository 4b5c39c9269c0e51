#include "node/web/sheets.h"

#include <algorithm>

#include "schema/limits.h"

namespace zimnik::node {

namespace {

/// What another site wrote may name any work.
constexpr std::int64_t kMostWorks = journal::limits::kWorksInLesson;

/// The works of a lesson that have marks, or that say what they are for; at least one.
std::int64_t works_of(const journal::JournalPage& page, std::size_t lesson) {
  std::int64_t works = 1;
  for (const auto& work : page.lessons[lesson].works) works = std::max(works, work.work);
  for (const auto& pupil : page.pupils) {
    for (const auto& mark : pupil.cells[lesson].marks) works = std::max(works, mark.key.work);
  }
  return works;
}

}  // namespace

std::vector<Sheet> sheets_of(const journal::JournalPage& page, std::size_t most) {
  std::vector<Sheet> sheets(1);
  for (std::size_t lesson = 0; lesson < page.lessons.size(); ++lesson) {
    const auto works = std::min(works_of(page, lesson), kMostWorks);
    const auto needed = std::min(static_cast<std::size_t>(works), most);
    if (sheets.back().size() + needed > most) sheets.emplace_back();
    for (std::int64_t work = 1; work <= works; ++work) {
      if (sheets.back().size() == most) sheets.emplace_back();
      sheets.back().push_back({lesson, work});
    }
  }
  return sheets;
}

std::string sheet_text(const journal::PageCell& cell, std::int64_t work) {
  std::string marks;
  for (const auto& mark : cell.marks) {
    if (mark.key.work != work) continue;
    marks += (marks.empty() ? "" : "→") + (mark.value ? std::to_string(*mark.value) : ".");
  }
  if (work != 1 || cell.attendance.empty()) return marks;
  return marks.empty() ? cell.attendance : cell.attendance + " " + marks;
}

}  // namespace zimnik::node
