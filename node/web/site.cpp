#include "node/web/site.h"

#include <charconv>

#include "node/web/conflicts.h"
#include "node/web/grid.h"
#include "node/web/reached.h"
#include "node/web/save.h"
#include "schema/read/courses.h"
#include "schema/read/periods.h"
#include "sync/web/visit.h"

namespace zimnik::node {

using nlohmann::json;

namespace {

constexpr const char* kOutranked =
    "Здесь стоит запись по приказу, по протоколу или того, кто старше по должности: она остаётся.";

constexpr const char* kFault =
    "Узел не смог этого сделать, и ничего не записано. Скажите техническому специалисту: возможно, "
    "кончилось место на диске.";

constexpr const char* kVoid =
    "Записи этого логина, или этого узла, отменены актом: новые не имеют силы. Скажите директору.";

std::int64_t id_of(const std::string& text) {
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

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

mstch::array lines_of(const std::vector<journal::CourseTitle>& courses) {
  mstch::array lines;
  for (const auto& course : courses) {
    lines.push_back(mstch::map{{"id", std::to_string(course.id)},
                               {"title", course.text()},
                               {"teacher", course.teacher_name.brief()}});
  }
  return lines;
}

}  // namespace

void Site::add_routes(net::HttpServer& server) {
  const auto bound = [this](auto method) {
    return [this, method](const net::Request& request, const Visitor& visitor) {
      return (this->*method)(request, visitor);
    };
  };
  server.route("GET", "/sign-in", [this](const auto& request) { return door_.show(request); })
      .route("POST", "/sign-in", [this](const auto& request) { return door_.enter(request); })
      .route("POST", "/sign-out", [this](const auto& request) { return door_.leave(request); })
      .route("GET", "/language", [this](const auto& r) { return pages_.set_language(r); })
      .route("GET", "/static/{name}", [this](const auto& r) { return pages_.static_file(r); })
      .route("GET", "/", for_visitors(bound(&Site::home)))
      .route("GET", "/course/{course}", for_visitors(bound(&Site::course)))
      .route("GET", "/conflicts", for_visitors(bound(&Site::conflicts)))
      .route("POST", "/conflicts", for_visitors(bound(&Site::resolve)))
      .route("GET", "/api/course/{course}", for_scripts(bound(&Site::course_json)))
      .route("POST", "/api/save", for_scripts(bound(&Site::save)))
      .route("GET", "/api/status", for_scripts(bound(&Site::status)))
      .otherwise([this](const net::Request& request) {
        return pages_.refusal(request, 404, "Такой страницы нет.");
      });
}

net::Response Site::fault(const net::Request& request) const {
  return request.path.starts_with("/api/") ? json_response({{"error", kFault}}, 500)
                                           : pages_.refusal(request, 500, kFault);
}

net::Handler Site::for_visitors(Answer answer) {
  return [this, answer](const net::Request& request) {
    const auto visitor = door_.visitor(request);
    return visitor ? answer(request, *visitor) : net::Response::see_other("/sign-in");
  };
}

net::Handler Site::for_scripts(Answer answer) {
  return [this, answer](const net::Request& request) {
    const auto visitor = door_.visitor(request);
    if (!visitor) return json_response({{"error", "sign in"}}, 401);
    return answer(request, *visitor);
  };
}

mstch::map Site::frame(const net::Request&, const Visitor& visitor) {
  const auto listed = journal_.read([&](sync::Database& database) {
    return review_items_for(database, visitor, today()).size();
  });
  return {{"login", visitor.login},
          {"name", visitor.name.is_readable() ? visitor.name.brief() : visitor.login},
          {"listed", static_cast<int>(listed)},
          {"any_listed", listed > 0}};
}

net::Response Site::home(const net::Request& request, const Visitor& visitor) {
  auto values = frame(request, visitor);
  const auto day = today();
  journal_.read([&](sync::Database& database) {
    mstch::array lessons;
    for (const auto& lesson : journal::day_of_teacher(database, visitor.person, day)) {
      lessons.push_back(mstch::map{{"id", std::to_string(lesson.course.id)},
                                   {"number", static_cast<int>(lesson.number)},
                                   {"time", lesson.starts},
                                   {"title", lesson.course.text()},
                                   {"held", lesson.is_held},
                                   {"no_topic", lesson.is_held && !lesson.has_topic},
                                   {"no_homework", lesson.is_held && !lesson.has_homework}});
    }
    values["has_lessons"] = !lessons.empty();
    values["lessons"] = lessons;
    const int year = journal::year_at_work(database, day);
    values["courses"] = lines_of(journal::courses_of(database, visitor.person, year));
    values["is_head"] = visitor.is_head();
    if (visitor.is_head()) {
      values["all_courses"] = lines_of(journal::courses_of_year(database, year));
    }
  });
  values["date"] = day.russian();
  return pages_.page(request, "home", std::move(values));
}

std::optional<json> Site::grid(const net::Request& request, const Visitor& visitor) {
  const auto course = id_of(request.place.at("course"));
  const auto day = today();
  // Before the page is read: what comes in between counts as not seen.
  const auto seen = journal_.with_replica([](sync::Replica& replica) { return replica.seen(); });
  return journal_.read([&](sync::Database& database) -> std::optional<json> {
    if (!journal::may_read_course(database, visitor.person, course, day)) return std::nullopt;
    const auto [from, to] = range_of(database, request, course, day);
    auto grid = grid_json(database, course, from, to, visitor.person, day);
    if (!grid) return std::nullopt;
    const auto head = journal::course_title(database, course);
    (*grid)["may_edit"] = head && head->teacher == visitor.person;
    (*grid)["login"] = visitor.login;
    (*grid)["page"] = std::to_string(new_page());
    (*grid)["seen"] = seen_json(seen);
    return grid;
  });
}

net::Response Site::course(const net::Request& request, const Visitor& visitor) {
  const auto shown = grid(request, visitor);
  if (!shown) return pages_.refusal(request, 404, "Такого журнала нет, или он не Ваш.");
  auto values = frame(request, visitor);
  values["title"] = shown->at("title").get<std::string>();
  values["teacher"] = shown->at("teacher").get<std::string>();
  values["from"] = shown->at("from").get<std::string>();
  values["to"] = shown->at("to").get<std::string>();
  values["id"] = request.place.at("course");
  values["grid"] = json_for_page(*shown);
  return pages_.page(request, "course", std::move(values));
}

net::Response Site::course_json(const net::Request& request, const Visitor& visitor) {
  const auto shown = grid(request, visitor);
  return shown ? json_response(*shown) : json_response({{"error", "no such course"}}, 404);
}

net::Response Site::save(const net::Request& request, const Visitor& visitor) {
  if (!web::is_from_own_page(request)) return json_response({{"error", "another origin"}}, 400);
  SaveRequest save;
  try {
    save = read_save(request.body);
  } catch (const std::invalid_argument& error) {
    return json_response({{"error", error.what()}}, 400);
  }
  if (!save.login.empty() && save.login != visitor.login) {
    return json_response({{"error", "sign in"}}, 401);
  }
  const auto entry =
      entry_of(visitor, journal::Role::subject_teacher, request, save.entry, save.seen, clock_());
  try {
    auto saved = sync::Saved::nothing;
    journal_.write([&](sync::Replica& replica) {
      require_in_force(replica, entry);
      saved = replica.write(
          entry, [&](sync::Command& command) { apply_save(command, save, visitor, today()); });
    });
    auto answer = reached_json(journal_, state_);
    answer["saved"] = saved == sync::Saved::held ? "held" : "written";
    return json_response(answer);
  } catch (const sync::Outranked&) {
    return json_response({{"error", kOutranked}}, 422);
  } catch (const sync::CommandRefused& refused) {
    return json_response({{"error", refused.what()}}, 422);
  }
}

void Site::require_in_force(const sync::Replica& replica, const sync::Entry& entry) {
  if (replica.is_void(entry)) throw sync::CommandRefused(kVoid);
}

net::Response Site::status(const net::Request&, const Visitor&) {
  return json_response(reached_json(journal_, state_));
}

}  // namespace zimnik::node
