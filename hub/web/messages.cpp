#include "hub/web/messages.h"

#include "hub/web/diary.h"
#include "hub/web/family_values.h"
#include "hub/web/words.h"
#include "hub/web/writing.h"
#include "schema/commands/family.h"
#include "schema/diary/message_values.h"
#include "schema/ids.h"
#include "schema/read/messages.h"

namespace zimnik::hub {

net::Response messages_page(FamilySite& site, const net::Request& request, const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family& family, const FamilyChild& child) -> net::Response {
        auto values = entry_values(*child.school);
        if (!values) return site.refusal(request, 503, {kSchoolBusy});
        const auto pupil = child.child.pupil;
        std::vector<std::int64_t> unread;
        std::string zone;
        child.school->read([&](sync::Database& database) {
          zone = zone_of(database);
          const auto year = wall_time(site.now(), zone).date.school_year();
          const auto page = journal::message_page(
              database, pupil, year, journal::message_position_from(request.query.get("before")));
          values->merge(journal::messages_values(page));
          unread = journal::unread_messages(page.threads, true);
        });
        note_read(site, {child.school, child.reader}, unread);
        values->merge(child_values(family, child, request.path));
        values->merge(freshness_values(freshness_of(site.hub(), child.school->id()), zone));
        (*values)["may_answer"] = true;
        (*values)["messages_path"] = request.path;
        return site.page(request, "messages_page", "Переписка со школой", std::move(*values));
      });
}

net::Response write_to_school(FamilySite& site, const net::Request& request,
                              const Visitor& visitor) {
  return for_child(
      site, request, visitor, [&](const Family&, const FamilyChild& child) -> net::Response {
        return submit(site, request, {child.school, child.reader}, request.path,
                      [&](sync::Command& command, const net::Fields& form) {
                        const auto year =
                            wall_time(site.now(), zone_of(command.database())).date.school_year();
                        const auto text = form.get("text");
                        journal::add_message(command, journal::new_id(year),
                                             {child.child.pupil, number_from(form.get("thread")),
                                              text, child.reader, site.now()});
                      });
      });
}

}  // namespace zimnik::hub
