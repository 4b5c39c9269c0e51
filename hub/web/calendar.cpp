#include "hub/web/calendar.h"

#include "hub/clock.h"
#include "hub/family.h"
#include "hub/web/calendar_events.h"
#include "hub/web/delivery.h"
#include "hub/web/door.h"
#include "hub/web/words.h"
#include "sync/core/crypto.h"

namespace zimnik::hub {
namespace {

constexpr std::string_view kEnding = ".ics";
constexpr std::size_t kSecretDigits = 32;
constexpr const char* kUsualZone = "Asia/Yekaterinburg";
constexpr int kDayMinutes = 24 * 60;

std::optional<std::int64_t> account_at(FamilySite& site, const std::string& file) {
  if (file.size() != kSecretDigits + kEnding.size() || !file.ends_with(kEnding)) {
    return std::nullopt;
  }
  return site.hub().calendars().account_of(file.substr(0, kSecretDigits));
}

CalendarZone calendar_zone(const std::string& name, sync::Time now) {
  const auto there = wall_time(now, name), utc = wall_time(now, "UTC");
  const int days = there.date.days() - utc.date.days();
  return {name, days * kDayMinutes + (there.hour - utc.hour) * 60 + there.minute - utc.minute};
}

/// Adds the child's events. Throws std::runtime_error where its school can't be read.
void add(FamilySite& site, const FamilyChild& child, bool is_alone,
         const web::Translator& translate, std::vector<CalendarEvent>& events) {
  child.school->read([&](sync::Database& database) {
    const auto own_zone = zone_of(database);
    const auto zone = calendar_zone(own_zone.empty() ? kUsualZone : own_zone, site.now());
    const auto today = wall_time(site.now(), zone.name).date;
    const auto name = is_alone ? "" : child.child.name.given_name;
    auto more = calendar_events(database, child.child.pupil, name, child.school->id().hex(), today,
                                translate);
    for (auto& event : more) event.zone = zone;
    std::move(more.begin(), more.end(), std::back_inserter(events));
  });
}

net::Response calendar_of(const net::Request& request, std::string text) {
  net::Response response;
  const auto tag = "\"" + sync::sha256({text}).hex().substr(0, kSecretDigits) + "\"";
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("X-Robots-Tag", "noindex");
  response.content_type = "text/calendar; charset=utf-8";
  if (request.header("if-none-match") == tag) {
    response.status = 304;
  } else {
    response.body = std::move(text);
  }
  return response;
}

}  // namespace

net::Response calendar_feed(FamilySite& site, const net::Request& request) {
  // Nobody guesses 128 bits; counted as wrong passwords are, a page elsewhere could bar its
  // visitors.
  const auto account = account_at(site, request.place.at("file"));
  if (!account) return net::Response::text(404, "no such calendar");
  const auto family = family_of(site.hub(), *account);
  // What is there of it now would make programs forget the rest.
  if (!family.silent.empty()) return net::Response::text(503, "a school can't be read now");
  const auto& translate = site.pages().translator(request);
  std::vector<CalendarEvent> events;
  for (const auto& child : family.children) {
    if (child.is_readable) {
      add(site, child, family.children.size() == 1, translate, events);
    }
  }
  return calendar_of(
      request, calendar_text(translate("Дневник"), calendar_zone(kUsualZone, site.now()), events));
}

net::Response renew_calendar(FamilySite& site, const net::Request& request,
                             const Visitor& visitor) {
  const auto secret = site.hub().calendars().renew(visitor.account, site.now());
  const auto& delivery = site.delivery();
  const auto host = delivery ? delivery->site : request.header("origin");
  return delivery_page_with(site, request, visitor, host + "/calendar/" + secret + ".ics");
}

net::Response close_calendar(FamilySite& site, const net::Request&, const Visitor& visitor) {
  site.hub().calendars().close(visitor.account);
  return net::Response::see_other("/delivery");
}

}  // namespace zimnik::hub
