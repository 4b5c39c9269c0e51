#include "hub/web/absence.h"

#include "hub/web/diary.h"
#include "hub/web/family_values.h"
#include "hub/web/words.h"
#include "hub/web/writing.h"
#include "schema/commands/family.h"
#include "schema/commands/put.h"
#include "schema/limits.h"
#include "schema/read/absence_notices.h"

namespace zimnik::hub {
namespace {

constexpr int kShownDays = 30;  // back from today

web::List notice_values(const std::vector<journal::AnnouncedAbsence>& notices,
                        const std::string& zone, journal::Date today) {
  web::List values;
  for (const auto& notice : notices) {
    values.push_back(
        web::Values{{"counter", values.size() + 2},
                    {"day", notice.since.text()},
                    {"since", notice.since.russian()},
                    {"until", notice.until.russian()},
                    {"is_of_days", notice.since != notice.until},
                    {"reason", notice.reason},
                    {"author", notice.author.plain()},
                    {"sent_at", notice.sent_at ? wall_time(*notice.sent_at, zone).text() : ""},
                    {"is_entered", notice.is_entered},
                    {"may_withdraw", !notice.is_entered && notice.until >= today}});
  }
  return values;
}

std::string path_of(const FamilyChild& child) { return diary_path(child.child.pupil) + "/absence"; }

}  // namespace

net::Response absence_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family& family, const FamilyChild& child) -> net::Response {
        auto values = entry_values(*child.school);
        if (!values) return site.refusal(request, 503, {kSchoolBusy});
        std::string zone;
        child.school->read([&](sync::Database& database) {
          zone = zone_of(database);
          const auto today = wall_time(site.now(), zone).date;
          const auto notices =
              journal::absence_notices(database, {child.child.pupil}, today.plus(-kShownDays),
                                       today.plus(2 * journal::limits::kNoticeDays));
          (*values)["has_notices"] = !notices.empty();
          (*values)["notices"] = notice_values(notices, zone, today);
          (*values)["today"] = today.text();
          (*values)["last_day"] = today.plus(journal::limits::kNoticeDays - 1).text();
        });
        values->merge(freshness_values(freshness_of(site.hub(), child.school->id()), zone));
        values->merge(child_values(family, child, request.path));
        return site.page(request, "absence", "Сообщить об отсутствии", std::move(*values));
      });
}

net::Response announce_absence(FamilySite& site, const net::Request& request,
                               const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family&, const FamilyChild& child) -> net::Response {
        return submit(
            site, request, {child.school, child.reader}, path_of(child),
            [&](sync::Command& command, const net::Fields& form) {
              const auto since = journal::checked_date(form.get("since"), "Первый день отсутствия");
              const auto until =
                  form.get("until").empty()
                      ? since
                      : journal::checked_date(form.get("until"), "Последний день отсутствия");
              const auto today = wall_time(site.now(), zone_of(command.database())).date;
              const auto reason = form.get("reason");
              journal::announce_absence(
                  command, {child.child.pupil, since, until, reason, child.reader, site.now()},
                  today);
            });
      });
}

net::Response withdraw_absence(FamilySite& site, const net::Request& request,
                               const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family&, const FamilyChild& child) -> net::Response {
        return submit(site, request, {child.school, child.reader}, path_of(child),
                      [&](sync::Command& command, const net::Fields& form) {
                        journal::withdraw_absence_notice(
                            command, child.child.pupil,
                            journal::checked_date(form.get("since"), "Первый день отсутствия"));
                      });
      });
}

}  // namespace zimnik::hub
