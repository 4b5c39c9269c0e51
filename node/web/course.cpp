#include "node/web/course.h"

#include <algorithm>
#include <sstream>

#include "node/web/grid.h"
#include "node/web/lesson_value.h"
#include "node/web/reached.h"
#include "node/web/save.h"
#include "schema/read/courses.h"
#include "schema/read/off_timetable.h"
#include "schema/read/periods.h"
#include "sync/web/form_entry.h"
#include "sync/web/visit.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

constexpr const char* kNotYours = "Такого журнала нет, или он не Ваш.";
constexpr const char* kOutranked =
    "Здесь стоит запись по приказу, по протоколу или того, кто старше по должности: она остаётся.";

/// The course's last period that has ended by the day, of this school year or the one before.
std::optional<journal::Period> ended_period(sync::Database& database, std::int64_t course,
                                            journal::Date today) {
  for (const int year : {today.school_year(), today.school_year() - 1}) {
    std::optional<journal::Period> last;
    for (const auto& period : journal::periods_of_course(database, course, year)) {
      if (period.ends < today && (!last || last->ends < period.ends)) last = period;
    }
    if (last) return last;
  }
  return std::nullopt;
}

/// What the address asks for, else the period that the day lies in, else in the holidays the one
/// before them, else the last four weeks.
std::pair<journal::Date, journal::Date> range_of(sync::Database& database,
                                                 const net::Request& request, std::int64_t course,
                                                 journal::Date today) {
  constexpr int kDays = 27, kMostDays = 366;
  const auto from = journal::Date::parse(request.query.get("from"));
  const auto to = journal::Date::parse(request.query.get("to"));
  if (from && to && *from <= *to && to->days() - from->days() <= kMostDays) return {*from, *to};
  if (const auto period = journal::period_of(database, course, today)) {
    return {period->starts, period->ends};
  }
  if (const auto period = ended_period(database, course, today)) {
    return {period->starts, period->ends};
  }
  return {today.plus(-kDays), today};
}

/// The grid with what a save needs; nothing where there is no such course, or no right to it.
/// `seen` is of before it is read.
std::optional<json> grid(Site& site, const net::Request& request, const Visitor& visitor,
                         std::int64_t course, const sync::Seen& seen) {
  const auto day = site.today();
  return site.journal().read([&](sync::Database& database) -> std::optional<json> {
    if (!journal::may_read_course(database, visitor.person, course, day)) return std::nullopt;
    const auto [from, to] = range_of(database, request, course, day);
    auto grid = grid_json(database, course, from, to, visitor.person, day);
    if (!grid) return std::nullopt;
    const auto head = journal::course_title(database, course);
    (*grid)["may_edit"] = head && head->teacher == visitor.person;
    (*grid)["may_prove"] = visitor.role() == journal::Role::principal;
    (*grid)["login"] = visitor.login;
    (*grid)["page"] = std::to_string(web::new_page());
    (*grid)["seen"] = web::seen_json(seen);
    return grid;
  });
}

/// Of an address: numbers with commas between, none twice.
std::vector<std::int64_t> courses_from(const std::string& text) {
  constexpr std::size_t kTogether = 11;  // a class of each grade level
  std::vector<std::int64_t> courses;
  std::istringstream parts(text);
  for (std::string part; courses.size() < kTogether && std::getline(parts, part, ',');) {
    const auto course = number_from(part);
    if (std::ranges::find(courses, course) == courses.end()) courses.push_back(course);
  }
  return courses;
}

/// What the timetable had on the days shown, up to yesterday, and nobody has opened.
web::List unopened_values(Site& site, std::int64_t course, const json& shown) {
  const auto from = journal::Date::parse(shown.at("from").get<std::string>()).value();
  const auto to = std::min(journal::Date::parse(shown.at("to").get<std::string>()).value(),
                           site.today().plus(-1));
  web::List values;
  site.journal().read([&](sync::Database& database) {
    for (const auto& lesson : journal::vacant_lessons(database, course, from, to)) {
      values.push_back(web::Values{{"slot", text_of(lesson)},
                                   {"day", lesson.date.russian()},
                                   {"number", std::to_string(lesson.number)}});
    }
  });
  return values;
}

/// One under the other, as many as there are.
net::Response grids_page(Site& site, const net::Request& request, const std::string& title,
                         const std::vector<json>& grids, web::Values values) {
  web::List list;
  for (const auto& shown : grids) {
    list.push_back(web::Values{
        {"index", std::to_string(list.size())},
        {"course_title", grids.size() > 1 ? shown.at("title").get<std::string>() : std::string()},
        {"grid", web::json_for_page(shown)}});
  }
  values["is_wide"] = true;
  values["from"] = grids.front().at("from").get<std::string>();
  values["to"] = grids.front().at("to").get<std::string>();
  values["grids"] = list;
  return site.page(request, "course", title, std::move(values));
}

sync::Seen seen_now(Site& site) {
  return site.journal().with_replica([](sync::Replica& replica) { return replica.seen(); });
}

}  // namespace

net::Response course_page(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto seen = seen_now(site);
  auto values = site.frame(request, visitor);
  const auto course = number_from(request.place.at("course"));
  const auto shown = grid(site, request, visitor, course, seen);
  if (!shown) return site.refusal(request, 404, {kNotYours});
  const auto title = shown->at("title").get<std::string>();
  const auto is_own = shown->at("may_edit").get<bool>();
  values["is_own"] = is_own;
  if (is_own) {
    auto unopened = unopened_values(site, course, *shown);
    values["has_unopened"] = !unopened.empty();
    values["unopened"] = std::move(unopened);
  }
  values["teacher"] = shown->at("teacher").get<std::string>();
  values["id"] = request.place.at("course");
  return grids_page(site, request, title, {*shown}, std::move(values));
}

net::Response together_page(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto seen = seen_now(site);
  auto values = site.frame(request, visitor);
  std::vector<json> grids;
  std::string title;
  for (const auto course : courses_from(request.place.at("courses"))) {
    auto shown = grid(site, request, visitor, course, seen);
    if (!shown) return site.refusal(request, 404, {kNotYours});
    title += (title.empty() ? "" : " + ") + shown->at("title").get<std::string>();
    grids.push_back(std::move(*shown));
  }
  if (grids.empty()) return site.refusal(request, 404, {kNotYours});
  return grids_page(site, request, title, grids, std::move(values));
}

net::Response course_json(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto course = number_from(request.place.at("course"));
  const auto shown = grid(site, request, visitor, course, seen_now(site));
  return shown ? site.json(request, *shown)
               : site.json(request, {{"error", "no such course"}}, 404);
}

net::Response save_entry(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto refuse = [&](int status, const std::string& why) {
    return site.json(request, {{"error", why}}, status);
  };
  if (!web::is_from_own_page(request)) return refuse(400, "another origin");
  SaveRequest save;
  try {
    save = read_save(request.body);
  } catch (const std::invalid_argument& error) {
    return refuse(400, error.what());
  }
  if (!save.login.empty() && save.login != visitor.login) return refuse(401, "sign in");
  const auto entry =
      entry_of(visitor, journal::Role::subject_teacher, request, save.entry, save.seen, site.now());
  const auto& translate = site.pages().translator(request);
  try {
    auto saved = sync::Saved::nothing;
    site.journal().write([&](sync::Replica& replica) {
      Site::require_in_force(replica, entry);
      saved = replica.write(
          entry, [&](sync::Command& command) { apply_save(command, save, visitor, site.today()); });
    });
    auto answer = reached_json(site.journal(), site.state());
    answer["saved"] = saved == sync::Saved::held ? "held" : "written";
    return site.json(request, answer);
  } catch (const sync::Outranked&) {
    return refuse(422, translate(std::string(kOutranked)));
  } catch (const sync::CommandRefused& refused) {
    return refuse(422, translate(refused.why()));
  }
}

}  // namespace zimnik::node
