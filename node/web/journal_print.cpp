#include "node/web/journal_print.h"

#include <algorithm>

#include "node/web/sheets.h"
#include "node/web/years.h"
#include "schema/deadlines.h"
#include "schema/read/finals.h"
#include "schema/read/journal_page.h"
#include "schema/read/school_title.h"

namespace zimnik::node {

using journal::JournalPage;

namespace {

constexpr std::size_t kColumns = 14;  ///< of a sheet, beside those of results
constexpr const char* kMonths[] = {"январь", "февраль", "март",     "апрель",  "май",    "июнь",
                                   "июль",   "август",  "сентябрь", "октябрь", "ноябрь", "декабрь"};

/// Which results the last sheet has, and of which days the page is.
struct Range {
  std::string code, title;
  journal::Date from, to;
  std::vector<std::string> results;  ///< of final_mark.period
};

/// What is asked for, else the period at hand. Nothing where the course has no periods.
std::optional<Range> range_for(const std::vector<journal::Period>& periods,
                               const std::string& asked, journal::Date today) {
  if (periods.empty()) return std::nullopt;
  if (asked == "year") {
    Range year{asked,
               journal::final_period_title(asked),
               periods.front().starts,
               periods.front().ends,
               {}};
    for (const auto& period : periods) {
      year.from = std::min(year.from, period.starts);
      year.to = std::max(year.to, period.ends);
      year.results.push_back(period.code);
    }
    year.results.push_back(asked);
    return year;
  }
  const auto named =
      std::find_if(periods.begin(), periods.end(),
                   [&](const journal::Period& period) { return period.code == asked; });
  const auto period = named != periods.end() ? *named : *journal::period_at_hand(periods, today);
  return Range{period.code, period.title(), period.starts, period.ends, {period.code}};
}

std::string result_of(const journal::PupilRow& pupil, const std::string& code) {
  for (const auto* finals : {&pupil.finals, &pupil.other_finals}) {
    for (const auto& final : *finals) {
      if (final.period == code) return final.value;
    }
  }
  return "";
}

std::string short_date(journal::Date date) { return date.russian().substr(0, 5); }

/// A heading for each run of columns in one month.
web::List months_of(const JournalPage& page, const Sheet& sheet, const web::Translator& translate) {
  struct Run {
    int month;
    int columns;
  };
  std::vector<Run> runs;
  for (const auto& column : sheet) {
    const auto month = page.lessons[column.lesson].key.date.month();
    if (runs.empty() || runs.back().month != month) runs.push_back({month, 0});
    ++runs.back().columns;
  }
  web::List months;
  for (const auto& run : runs) {
    months.push_back(web::Values{{"name", translate(std::string(kMonths[run.month - 1]))},
                                 {"columns", run.columns}});
  }
  return months;
}

web::List days_of(const JournalPage& page, const Sheet& sheet) {
  web::List days;
  for (const auto& column : sheet) {
    const auto& lesson = page.lessons[column.lesson];
    const auto text = column.work == 1 ? std::to_string(lesson.key.date.day()) : std::string();
    const auto work =
        std::find_if(lesson.works.begin(), lesson.works.end(),
                     [&](const journal::ShownWork& it) { return it.work == column.work; });
    std::string kind;
    if (work != lesson.works.end()) {
      for (const auto& type : page.work_types) {
        if (type.id == work->work_type) kind = type.short_name;
      }
    }
    days.push_back(web::Values{{"day", text}, {"kind", kind}});
  }
  return days;
}

web::List pupils_of(const JournalPage& page, const Sheet& sheet, const Range& range,
                    bool has_results) {
  web::List rows;
  for (const auto& pupil : page.pupils) {
    web::List cells, results;
    for (const auto& column : sheet) {
      const auto& cell = pupil.cells[column.lesson];
      cells.push_back(
          web::Values{{"text", sheet_text(cell, column.work)}, {"away", !cell.is_taught}});
    }
    if (has_results) {
      results.push_back(web::Values{{"text", pupil.average.text()}});
      for (const auto& code : range.results) {
        results.push_back(web::Values{{"text", result_of(pupil, code)}});
      }
    }
    rows.push_back(web::Values{{"number", std::to_string(rows.size() + 1)},
                               {"name", pupil.name.plain()},
                               {"cells", cells},
                               {"results", results}});
  }
  return rows;
}

web::List topics_of(const JournalPage& page, const Sheet& sheet) {
  web::List topics;
  for (const auto& column : sheet) {
    if (column.work != 1) continue;
    const auto& lesson = page.lessons[column.lesson];
    topics.push_back(web::Values{{"date", short_date(lesson.key.date)},
                                 {"topic", lesson.topic},
                                 {"homework", lesson.homework},
                                 {"not_assigned", lesson.is_homework_not_assigned},
                                 {"substituted", lesson.substitutes.has_value()},
                                 {"by", lesson.teacher_name.brief()},
                                 {"order", lesson.order_number}});
  }
  return topics;
}

web::List sheets_for(const JournalPage& page, const Range& range,
                     const web::Translator& translate) {
  const auto sheets = sheets_of(page, kColumns);
  web::List titles{web::Values{{"title", translate(std::string("Средний балл"))}}};
  for (const auto& code : range.results) {
    titles.push_back(web::Values{{"title", translate(journal::final_period_title(code))}});
  }
  web::List shown;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const bool is_last = i + 1 == sheets.size();
    shown.push_back(web::Values{{"sheet", std::to_string(i + 1)},
                                {"sheets", std::to_string(sheets.size())},
                                {"months", months_of(page, sheets[i], translate)},
                                {"days", days_of(page, sheets[i])},
                                {"titles", is_last ? titles : web::List{}},
                                {"pupils", pupils_of(page, sheets[i], range, is_last)},
                                {"topics", topics_of(page, sheets[i])},
                                {"is_last", is_last}});
  }
  return shown;
}

web::List tabs_of(const std::vector<journal::Period>& periods, const Range& range,
                  const web::Translator& translate) {
  web::List tabs;
  const auto add = [&](const std::string& code) {
    tabs.push_back(web::Values{{"code", code},
                               {"title", translate(journal::final_period_title(code))},
                               {"is_here", code == range.code}});
  };
  for (const auto& period : periods) add(period.code);
  add("year");
  return tabs;
}

}  // namespace

net::Response journal_print_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto course = number_from(request.place.at("course"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  bool is_found = false;
  site.journal().read([&](sync::Database& database) {
    if (!journal::may_read_course(database, visitor.person, course, today)) return;
    const auto title = journal::course_title(database, course);
    if (!title) return;
    const auto year = journal::year_of_course(database, *title);
    const auto periods = journal::periods_of_course(database, course, year);
    const auto range = range_for(periods, request.query.get("period"), today);
    if (!range) return;
    const auto page = journal::journal_page(database, course, range->from, range->to);
    if (!page) return;
    is_found = true;
    values["tabs"] = tabs_of(periods, *range, translate);
    values["sheets"] = sheets_for(*page, *range, translate);
    values["course"] = title->text();
    values["teacher"] = title->teacher_name.brief();
    values["period"] = translate(range->title);
    values["years"] = year_text(year);
    values["school"] = journal::school_title(database).text();
  });
  if (!is_found) return site.refusal(request, 404, {"Такого журнала нет, или он не Ваш."});
  values["id"] = std::to_string(course);
  values["now"] = journal::local_time(site.now()).text();
  values["is_wide"] = true;
  return site.page(request, "journal_print", "Страница журнала", std::move(values));
}

}  // namespace zimnik::node
