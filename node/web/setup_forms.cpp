// What the assistant's forms write.
#include <algorithm>
#include <sstream>

#include "node/web/setup.h"
#include "node/web/years.h"
#include "schema/commands/course.h"
#include "schema/commands/put.h"
#include "schema/commands/school.h"
#include "schema/ids.h"
#include "schema/import/folding.h"
#include "schema/read/periods.h"
#include "schema/read/setup.h"
#include "schema/read/years.h"

namespace zimnik::node {

using journal::Date;

namespace {

constexpr const char* kMainBuilding = "Главное здание";

Date day_of_form(const net::Fields& form, const std::string& field) {
  return journal::checked_date(form.get(field), "Отчётные периоды");
}

/// The periods as the form has them. Refuses those that meet or stand in the wrong order.
std::vector<journal::ProposedPeriod> periods_from(const net::Fields& form, int year) {
  const auto plan = journal::year_plan_from(form.get("plan"));
  if (!plan) journal::refuse("Отчётный период: нет такого");
  auto periods = journal::proposed_periods(year, *plan);
  const journal::ProposedPeriod* before = nullptr;
  for (auto& period : periods) {
    period.starts = day_of_form(form, "starts_" + period.code);
    period.ends = day_of_form(form, "ends_" + period.code);
    const bool follows = before != nullptr && before->code[0] == period.code[0];
    if (follows && period.starts <= before->ends) {
      journal::refuse("Отчётные периоды пересекаются: {1} и {2}",
                      {before->ends.russian(), period.starts.russian()});
    }
    if (period.starts.school_year() != year || period.ends.school_year() != year) {
      journal::refuse(
          "Отчётные периоды: {1} — не в этом учебном году",
          {period.starts.school_year() == year ? period.ends.russian() : period.starts.russian()});
    }
    before = &period;
  }
  return periods;
}

/// A line is a day and its name.
std::vector<journal::ProposedDayOff> days_from(const std::string& text, int year) {
  std::vector<journal::ProposedDayOff> days;
  std::istringstream lines(text);
  for (std::string raw; std::getline(lines, raw);) {
    const auto line = journal::trimmed(raw);
    if (line.empty()) continue;
    const auto blank = line.find(' ');
    const auto day = journal::day_from(line.substr(0, blank));
    if (!day || blank == std::string::npos) {
      journal::refuse("Выходной день «{1}»: нужны ДД.ММ.ГГГГ и название", {line});
    }
    if (day->school_year() != year) {
      journal::refuse("Выходной день «{1}» — не в этом учебном году", {line});
    }
    days.push_back({*day, journal::trimmed(line.substr(blank))});
  }
  return days;
}

std::vector<int> breaks_from(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  std::vector<int> breaks;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    breaks.push_back(journal::whole_number_from(word).value_or(-1));
  }
  return breaks;
}

/// Of a form; a number that no rule takes where it is none.
int small_number(const net::Fields& form, const char* name) {
  return journal::whole_number_from(form.get(name)).value_or(-1);
}

/// Of the form's page.
int year_of(const net::Fields& form, Date today) {
  return year_asked(form.get("year"), journal::years_to_prepare(today), today.school_year());
}

/// The assistant's next step, in the same year.
std::string then(Site& site, const net::Request& request, const char* step) {
  const auto form = request.form().value_or(net::Fields());
  return "/setup?year=" + std::to_string(year_of(form, site.today())) + step;
}

}  // namespace

net::Response set_up_school(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), then(site, request, "#periods"),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto settlement = journal::trimmed(form.get("settlement"));
                       journal::set_school(command, journal::trimmed(form.get("name")), settlement,
                                           form.get("time_zone"));
                       if (journal::branches(command.database()).empty()) {
                         journal::set_branch(command, journal::new_id(site.today().school_year()),
                                             kMainBuilding, settlement);
                       }
                     });
}

net::Response set_up_periods(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), then(site, request, "#days"),
      [&](sync::Command& command, const net::Fields& form) {
        const int year = year_of(form, site.today());
        const auto wanted = periods_from(form, year);
        for (const auto& held : journal::periods_of_year(command.database(), year)) {
          const bool stays = std::any_of(wanted.begin(), wanted.end(), [&](const auto& period) {
            return period.code == held.code;
          });
          if (!stays) journal::remove_period(command, year, held.code);
        }
        for (const auto& period : wanted) {
          journal::set_period(command, year, period.code, period.starts, period.ends);
        }
      });
}

net::Response set_up_days_off(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), then(site, request, "#bells"),
      [&](sync::Command& command, const net::Fields& form) {
        const int year = year_of(form, site.today());
        const auto wanted = days_from(form.get("days"), year);
        for (const auto& held : journal::days_off_of_year(command.database(), year)) {
          const bool stays = std::any_of(wanted.begin(), wanted.end(),
                                         [&](const auto& day) { return day.date == held.date; });
          if (!stays) journal::remove_day_off(command, held.date);
        }
        for (const auto& day : wanted) journal::set_day_off(command, day.date, day.name);
      });
}

net::Response set_up_bells(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), then(site, request, "#works"),
      [&](sync::Command& command, const net::Fields& form) {
        const auto branch = number_from(form.get("branch"));
        const int shift = small_number(form, "shift");
        journal::require(journal::exists(command.database(), "branch", {branch}),
                         "Нет такого здания");
        journal::require(shift == 1 || shift == 2, "Смена: 1 или 2");
        const auto bells =
            journal::bells_from({form.get("first"), small_number(form, "minutes"),
                                 small_number(form, "lessons"), breaks_from(form.get("breaks"))});
        journal::require(
            !bells.empty(),
            "Звонки: первый урок ЧЧ:ММ, урок от 20 до 90 минут, уроков до 16, перемены "
            "до 120 минут, всё в один день");
        for (const auto& bell : bells) {
          journal::set_bell(command, branch, shift, bell.number, bell.starts, bell.ends);
        }
        journal::remove_bells_after(command, branch, shift, bells.back().number);
      });
}

net::Response set_up_works(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(
      request, visitor, visitor.role(), then(site, request, ""),
      [&](sync::Command& command, const net::Fields&) {
        const auto held = journal::work_type_names(command.database());
        for (const auto& work : journal::usual_works()) {
          const bool is_there = std::any_of(held.begin(), held.end(), [&](const auto& name) {
            return journal::bare(name) == journal::bare(work.name);
          });
          if (is_there) continue;
          journal::set_work_type(command, journal::new_id(site.today().school_year()), work.name,
                                 work.short_name, work.weight, work.deadline_days);
        }
      });
}

}  // namespace zimnik::node
