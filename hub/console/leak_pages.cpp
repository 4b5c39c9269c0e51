#include "hub/console/leak_pages.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>

#include "hub/access_log.h"
#include "hub/clock.h"
#include "hub/console/leak.h"
#include "hub/deeds.h"
#include "schema/commands/put.h"
#include "schema/read/people.h"
#include "sync/core/encoding.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

constexpr std::size_t kWhatBytes = 4000;
constexpr std::int64_t kHourMs = 3600 * 1000;
constexpr std::size_t kPersonsOnPage = 500;

using journal::refuse;

/// Of an input of a date and a time (2026-11-29T14:05), by the clock on the operators' wall. Throws
/// where it isn't one.
sync::Time moment_from(const std::string& text) {
  const auto date = journal::Date::parse(text.substr(0, 10));
  if (!date || text.size() < 16 || text[10] != 'T' ||
      !journal::is_time_of_day(text.substr(11, 5))) {
    refuse("время не указано или указано неверно");
  }
  return moment_of_operators({*date, std::stoi(text.substr(11, 2)), std::stoi(text.substr(14, 2))});
}

/// The other way.
std::string input_of(sync::Time time) {
  const auto wall = operators_time(time);
  char hours[16];
  std::snprintf(hours, sizeof hours, "T%02d:%02d", wall.hour, wall.minute);
  return wall.date.text() + hours;
}

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Values clock_values(sync::Time due, const std::optional<sync::Time>& sent, sync::Time now,
                    const web::Translator& translate) {
  const auto left = due.ms - now.ms;
  const auto hours = std::to_string(std::abs(left) / kHourMs);
  return {{"due", moment_for_operators(due)},
          {"is_sent", sent.has_value()},
          {"sent", sent ? moment_for_operators(*sent) : std::string()},
          {"was_late", sent && sent->ms > due.ms},
          {"is_overdue", !sent && left < 0},
          {"left", translate(left < 0 ? sync::Phrase{"просрочено на {1} ч", {hours}}
                                      : sync::Phrase{"осталось {1} ч", {hours}})}};
}

Leak leak_from(Console& console, const net::Fields& form, const OperatorAccount& visitor) {
  Leak leak;
  leak.opened = console.hub().now();
  leak.opened_by = visitor.login;
  leak.noticed = moment_from(form.get("noticed"));
  leak.what = form.get("what");
  leak.account = form.get("account");
  leak.from = moment_from(form.get("from"));
  leak.until = moment_from(form.get("until"));
  if (leak.what.empty() || leak.what.size() > kWhatBytes) refuse("опишите, что случилось");
  if (leak.from.ms > leak.until.ms) refuse("начало позже конца");
  if (leak.noticed.ms > leak.opened.ms) refuse("замечено позже, чем сейчас");
  const auto school = form.get("school");
  if (!school.empty()) leak.school = named_school(console.hub(), school).id();
  if (leak.school && !leak.account.empty()) refuse("назовите или логин, или школу");
  return leak;
}

/// One page of those touched: the one that is asked for, or the nearest that there is.
struct TouchedPage {
  std::size_t number = 1, of = 1;
  std::vector<Touched> persons;
};

TouchedPage touched_page(const std::vector<Touched>& touched, const std::string& asked) {
  TouchedPage page;
  page.of = std::max<std::size_t>(1, (touched.size() + kPersonsOnPage - 1) / kPersonsOnPage);
  const auto number = std::max<std::int64_t>(1, number_in(asked));
  page.number = std::min(static_cast<std::size_t>(number), page.of);
  const auto first = (page.number - 1) * kPersonsOnPage;
  const auto last = std::min(touched.size(), first + kPersonsOnPage);
  page.persons.assign(touched.begin() + static_cast<std::ptrdiff_t>(first),
                      touched.begin() + static_cast<std::ptrdiff_t>(last));
  return page;
}

Values page_values(const TouchedPage& page, const web::Translator& translate) {
  const auto number = std::to_string(page.number), of = std::to_string(page.of);
  return {{"has_pages", page.of > 1},
          {"page", translate(sync::Phrase{"Страница {1} из {2}", {number, of}})},
          {"has_before", page.number > 1},
          {"before", page.number - 1},
          {"has_next", page.number < page.of},
          {"next", page.number + 1}};
}

/// Names of these persons; of a school that can't be read none.
std::map<std::int64_t, std::string> names_in(School* school, const std::vector<Touched>& touched) {
  std::map<std::int64_t, std::string> names;
  if (school == nullptr) return names;
  try {
    school->read([&](sync::Database& database) {
      for (const auto& it : touched) {
        if (it.school != school->id()) continue;
        names[it.person] = journal::name_of(database, it.person).full();
      }
    });
  } catch (const std::runtime_error&) {
    names.clear();  // the schools' page says why
  }
  return names;
}

std::map<sync::SchoolId, std::vector<Touched>> by_school(const std::vector<Touched>& touched) {
  std::map<sync::SchoolId, std::vector<Touched>> schools;
  for (const auto& it : touched) schools[it.school].push_back(it);
  return schools;
}

List touched_values(Console& console, const std::vector<Touched>& touched, const TouchedPage& page,
                    const OperatorAccount& visitor) {
  std::map<sync::SchoolId, std::size_t> counts;
  for (const auto& it : touched) ++counts[it.school];
  List schools;
  auto& log = console.hub().accesses();
  for (const auto& [id, its] : by_school(page.persons)) {
    const auto names = names_in(console.hub().find(id), its);
    std::vector<std::int64_t> shown;
    List persons;
    for (const auto& it : its) {
      const auto name = names.find(it.person);
      if (name != names.end()) shown.push_back(it.person);
      persons.push_back(
          Values{{"person", it.person},
                 {"person_name", name == names.end() ? std::string("—") : name->second},
                 {"looks", it.looks == 0 ? std::string("—") : std::to_string(it.looks)},
                 {"first", it.first ? moment_for_operators(*it.first) : std::string("—")},
                 {"last", it.last ? moment_for_operators(*it.last) : std::string("—")}});
    }
    log.note({Reader::Kind::console, visitor.id}, id, shown, console.hub().now());
    schools.push_back(
        Values{{"school", console.hub().name_of(id)}, {"count", counts[id]}, {"persons", persons}});
  }
  return schools;
}

}  // namespace

net::Response leaks_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor) {
  const auto& translate = console.translator(request);
  const auto now = console.hub().now();
  List leaks, choices;
  for (const auto& leak : LeakStore(console.hub().database()).all()) {
    leaks.push_back(
        Values{{"number", leak.number},
               {"noticed", moment_for_operators(leak.noticed)},
               {"what", leak.what},
               {"notice", clock_values(leak.notice_due(), leak.notified, now, translate)},
               {"inquiry", clock_values(leak.inquiry_due(), leak.inquired, now, translate)}});
  }
  for (const auto* school : console.hub().schools()) {
    choices.push_back(Values{{"id", school->id().hex()}, {"name", school->entry().name}});
  }
  return console.page(request, visitor, "console_leaks", "Утечки",
                      {{"leaks", leaks},
                       {"any", !leaks.empty()},
                       {"choices", choices},
                       {"now", input_of(now)},
                       {"day_ago", input_of({now.ms - 24 * kHourMs})}});
}

net::Response open_leak(Console& console, const net::Request& request,
                        const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto leak = leak_from(console, form, visitor);
    const Deed deed{visitor.login, "leak.open", leak.school, leak.account, leak.what};
    const auto number =
        noted(console.hub(), deed, [&] { return LeakStore(console.hub().database()).open(leak); });
    return net::Response::see_other("/leaks/" + std::to_string(number));
  });
}

net::Response leak_page(Console& console, const net::Request& request,
                        const OperatorAccount& visitor) {
  const auto leak = LeakStore(console.hub().database()).find(number_in(request.place.at("number")));
  if (!leak) return console.refusal(request, visitor, 404, {"Такой утечки нет."});
  const auto& translate = console.translator(request);
  const auto now = console.hub().now();
  const auto touched = touched_by(console.hub(), *leak);
  const auto page = touched_page(touched, request.query.get("page"));
  AuditTrail(console.hub().database())
      .note({visitor.login, "leak.read", leak->school, std::to_string(leak->number)}, now);
  return console.page(
      request, visitor, "console_leak", "Утечка",
      {{"number", leak->number},
       {"what", leak->what},
       {"noticed", moment_for_operators(leak->noticed)},
       {"opened_by", leak->opened_by},
       {"account", leak->account},
       {"school", leak->school ? console.hub().name_of(*leak->school) : std::string()},
       {"from", moment_for_operators(leak->from)},
       {"until", moment_for_operators(leak->until)},
       {"notice", clock_values(leak->notice_due(), leak->notified, now, translate)},
       {"inquiry", clock_values(leak->inquiry_due(), leak->inquired, now, translate)},
       {"count", touched.size()},
       {"pages", List{page_values(page, translate)}},
       {"schools", touched_values(console, touched, page, visitor)}});
}

net::Response mark_leak(Console& console, const net::Request& request,
                        const OperatorAccount& visitor) {
  return console.submit(request, visitor, [&](const net::Fields& form) {
    LeakStore store(console.hub().database());
    const auto number = number_in(request.place.at("number"));
    if (!store.find(number)) refuse("такой утечки нет");
    const bool is_inquiry = form.get("sent") == "inquiry";
    const Deed deed{
        visitor.login, is_inquiry ? "leak.inquired" : "leak.notified", {}, std::to_string(number)};
    noted(console.hub(), deed, [&] {
      is_inquiry ? store.note_inquired(number, console.hub().now())
                 : store.note_notified(number, console.hub().now());
    });
    return net::Response::see_other("/leaks/" + std::to_string(number));
  });
}

}  // namespace zimnik::hub
