#include "node/web/messages.h"

#include "node/web/care.h"
#include "node/web/classes.h"
#include "schema/access.h"
#include "schema/commands/family.h"
#include "schema/commands/put.h"
#include "schema/deadlines.h"
#include "schema/diary/message_values.h"
#include "schema/ids.h"
#include "schema/read/class_people.h"
#include "schema/read/membership.h"
#include "schema/read/messages.h"

namespace zimnik::node {

using journal::Role;

namespace {

std::string path_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil) + "/messages"; }

/// The highest that the visitor writes to families in.
Role writing_role(const Visitor& visitor) {
  for (const auto role : {Role::principal, Role::deputy_head}) {
    if (visitor.roles.has(role)) return role;
  }
  return Role::class_teacher;
}

bool may_write_about(sync::Database& database, const Visitor& visitor, std::int64_t pupil,
                     journal::Date today) {
  return journal::may_write_to_class(
      database, visitor.person, journal::class_at_hand(database, pupil, today).value_or(0), today);
}

web::List unanswered_values(const std::vector<journal::UnansweredThread>& threads) {
  web::List values;
  for (const auto& thread : threads) {
    const auto& last = thread.last;
    values.push_back(
        web::Values{{"href", path_of(thread.pupil)},
                    {"pupil_name", thread.name.plain()},
                    {"author", last.author.full()},
                    {"text", last.text},
                    {"sent_at", last.sent_at ? journal::local_time(*last.sent_at).text() : ""}});
  }
  return values;
}

}  // namespace

std::vector<std::int64_t> add_messages(web::Values& values, const net::Request& request,
                                       sync::Database& database, std::int64_t pupil,
                                       journal::Date today, bool is_read_by_family) {
  const auto page =
      journal::message_page(database, pupil, today.school_year(),
                            journal::message_position_from(request.query.get("before")));
  values.merge(journal::messages_values(page));
  return journal::unread_messages(page.threads, is_read_by_family);
}

void note_read(Site& site, const net::Request& request, const Visitor& visitor, Role role,
               const std::vector<std::int64_t>& messages) {
  if (messages.empty()) return;
  const auto entry = entry_of(visitor, role, request, {}, {}, site.now());
  site.journal().write([&](sync::Replica& replica) {
    if (replica.is_void(entry)) return;
    replica.write(entry, [&](sync::Command& command) {
      for (const auto message : messages) {
        journal::note_message_read(command, message, visitor.person, site.now());
      }
    });
  });
}

net::Response submit_message(Site& site, const net::Request& request, const Visitor& visitor,
                             Role role, std::int64_t pupil, const std::string& then,
                             const std::function<bool(sync::Database&)>& may) {
  return site.submit(
      request, visitor, role, then, [&](sync::Command& command, const net::Fields& form) {
        journal::require(may(command.database()), kNoPupil);
        const auto text = form.get("text");
        journal::add_message(
            command, journal::new_id(site.today().school_year()),
            {pupil, number_from(form.get("thread")), text, visitor.person, site.now()});
      });
}

net::Response pupil_messages_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto pupil = number_from(request.place.at("pupil"));
  std::vector<std::int64_t> unread;
  const bool is_found = site.journal().read([&](sync::Database& database) {
    if (!may_write_about(database, visitor, pupil, site.today())) return false;
    values["pupil_name"] = journal::name_of(database, pupil).full();
    unread = add_messages(values, request, database, pupil, site.today(), false);
    return true;
  });
  if (!is_found) return site.refusal(request, 404, {kNoPupil});
  note_read(site, request, visitor, writing_role(visitor), unread);
  values["id"] = std::to_string(pupil);
  values["may_answer"] = true;
  values["messages_path"] = path_of(pupil);
  return site.page(request, "pupil_messages", "Переписка с семьёй", std::move(values));
}

net::Response write_to_family(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = number_from(request.place.at("pupil"));
  return submit_message(site, request, visitor, writing_role(visitor), pupil, path_of(pupil),
                        [&](sync::Database& database) {
                          return may_write_about(database, visitor, pupil, site.today());
                        });
}

net::Response class_messages_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  std::vector<journal::UnansweredThread> unanswered;
  const auto title = site.journal().read([&](sync::Database& database) {
    auto found = journal::may_write_to_class(database, visitor.person, school_class, today)
                     ? journal::class_title(database, school_class)
                     : std::nullopt;
    if (found) {
      const auto day = journal::class_day(*found, today);
      values["families"] =
          std::to_string(journal::pupils_of_class(database, school_class, day).size());
      unanswered = journal::unanswered_threads(database, school_class, day);
    }
    return found;
  });
  if (!title) return site.refusal(request, 404, {kNoClass});
  add_class_frame(values, visitor, *title, request.path, site.pages().translator(request));
  values["counter"] = std::string("1");
  values["is_sent"] = request.query.find("sent").has_value();
  values["has_unanswered"] = !unanswered.empty();
  values["unanswered"] = unanswered_values(unanswered);
  return site.page(request, "class_messages", "Сообщения семьям", std::move(values));
}

net::Response write_to_class(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto school_class = number_from(request.place.at("school_class"));
  const auto today = site.today();
  return site.submit(
      request, visitor, writing_role(visitor), request.path + "?sent",
      [&](sync::Command& command, const net::Fields& form) {
        auto& database = command.database();
        journal::require(journal::may_write_to_class(database, visitor.person, school_class, today),
                         kNoClass);
        const auto title = journal::class_title(database, school_class);
        if (!title) journal::refuse(kNoClass);
        const auto pupils =
            journal::pupils_of_class(database, school_class, journal::class_day(*title, today));
        journal::require(!pupils.empty(), "В классе никого нет: писать некому");
        const auto text = form.get("text");
        for (const auto& pupil : pupils) {
          journal::add_message(command, journal::new_id(title->year),
                               {pupil.id, 0, text, visitor.person, site.now()});
        }
      });
}

}  // namespace zimnik::node
