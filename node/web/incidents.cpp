#include "node/web/incidents.h"

#include "schema/commands/account.h"
#include "schema/commands/act.h"
#include "schema/commands/incident.h"
#include "schema/commands/put.h"
#include "schema/deadlines.h"
#include "schema/ids.h"
#include "schema/read/acts.h"
#include "schema/read/incidents.h"
#include "schema/read/people.h"

namespace zimnik::node {

using journal::Role;

namespace {

std::string text_of(const std::optional<sync::Time>& time) {
  return time ? journal::local_time(*time).text() : "";
}

/// As an input of type datetime-local has it.
std::string input_text(sync::Time time) {
  const auto local = journal::local_time(time);
  const auto text = local.text();
  return local.date.text() + "T" + text.substr(text.size() - 5);
}

Role receiver_of(const Visitor& visitor) {
  return visitor.roles.has(Role::principal) ? Role::principal : Role::technical_specialist;
}

web::Values values_of(const journal::Incident& incident, std::size_t counter) {
  return {{"id", std::to_string(incident.id)},
          {"counter", std::to_string(counter)},
          {"account", incident.login},
          {"what", incident.what},
          {"reported", text_of(incident.reported)},
          {"principal_received", text_of(incident.principal_received)},
          {"support_received", text_of(incident.support_received)},
          {"from", input_text(incident.principal_received.value_or(incident.reported))},
          {"act", incident.act ? incident.act->hex() : ""}};
}

journal::Incident named(sync::Database& database, const net::Fields& form) {
  auto found = journal::incident(database, number_from(form.get("incident")));
  if (!found) journal::refuse("Такого сообщения нет");
  return std::move(*found);
}

/// From the moment that a person entered, or from the principal's receipt.
sync::VoidAccount what_to_void(const net::Fields& form, const journal::Incident& incident,
                               sync::Time now) {
  const auto moment = [&](const char* name) {
    const auto text = form.get(name);
    const auto time = journal::moment_from(text);
    if (!time) journal::refuse("«{1}» — не время: нужны день, часы и минуты", {text});
    return *time;
  };
  sync::VoidAccount what{incident.login, {}, {}};
  if (!form.get("from").empty()) {
    what.from = moment("from");
  } else {
    journal::require(incident.principal_received.has_value(),
                     "Укажите, с какого времени отменить записи");
    what.from = *incident.principal_received;
  }
  if (!form.get("until").empty()) what.until = moment("until");
  journal::require(what.from <= now, "Это время ещё не настало");
  journal::require(!what.until || *what.until > what.from,
                   "Отменять нечего: конец не позже начала");
  return what;
}

}  // namespace

net::Response incidents_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  web::List list;
  const bool is_receiver = visitor.roles.has_any({Role::principal, Role::technical_specialist});
  if (is_receiver) {
    site.journal().read([&](sync::Database& database) {
      for (const auto& incident : journal::incidents(database)) {
        list.push_back(values_of(incident, list.size() + 2));
      }
    });
  }
  values["is_receiver"] = is_receiver;
  values["is_principal"] = visitor.roles.has(Role::principal);
  values["incidents"] = list;
  values["sent"] = request.query.find("sent").has_value();
  return site.page(request, "incidents", "Происшествия с логинами", std::move(values));
}

net::Response report_incident(Site& site, const net::Request& request, const Visitor& visitor) {
  return site.submit(request, visitor, visitor.role(), "/incidents?sent",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::report_incident(
                           command, journal::new_id(site.today().school_year()),
                           journal::trimmed(form.get("account")), form.get("what"), site.now());
                     });
}

net::Response receive_incident(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto role = receiver_of(visitor);
  return site.submit(
      request, visitor, role, "/incidents", [&](sync::Command& command, const net::Fields& form) {
        const auto id = number_from(form.get("incident"));
        role == Role::principal ? journal::receive_as_principal(command, id, site.now())
                                : journal::receive_as_support(command, id, site.now());
      });
}

net::Response lock_account(Site& site, const net::Request& request, const Visitor& visitor) {
  std::string login;
  auto answer = site.submit(request, visitor, receiver_of(visitor), "/incidents",
                            [&](sync::Command& command, const net::Fields& form) {
                              login = named(command.database(), form).login;
                              journal::require(login != visitor.login,
                                               "Свой логин закрыть нельзя: попросите директора");
                              journal::lock_account(command, login);
                            });
  if (answer.status == 303 && !login.empty()) site.state().close_sessions_of(login);
  return answer;
}

net::Response void_account(Site& site, const net::Request& request, const Visitor& visitor) {
  std::string name;
  auto answer = site.submit_to_replica(
      request, visitor, Role::principal, "/incidents",
      [&](sync::Replica& replica, const sync::Entry& entry, const net::Fields& form) {
        const auto incident = named(replica.database(), form);
        const auto act = journal::write_act(
            replica, entry, what_to_void(form, incident, site.now()), form.get("reason"));
        name = act.hex();
        // Who reported its own login from then on has its report made void with the rest.
        if (!journal::incident(replica.database(), incident.id)) return sync::Saved::written;
        auto noted = entry;
        noted.id = {};  // the act has the page's
        replica.write(
            noted, [&](sync::Command& command) { journal::note_act(command, incident.id, act); });
        return sync::Saved::written;
      });
  return name.empty() ? answer : net::Response::see_other("/acts/" + name);
}

net::Response act_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  try {
    site.journal().with_replica([&](sync::Replica& replica) {
      const auto act = journal::act_named(replica, request.place.at("act"));
      web::List list;
      if (const auto* what = std::get_if<sync::VoidAccount>(&act.act.what)) {
        for (const auto& entry : journal::voided_entries(replica, *what)) {
          list.push_back(web::Values{{"time", text_of(entry.time)},
                                     {"device", entry.device},
                                     {"what", entry.what},
                                     {"where", entry.where},
                                     {"text", entry.text}});
        }
        values["account"] = what->author;
        values["since"] = text_of(what->from);
        values["until"] = text_of(what->until);
      }
      for (const auto& incident : journal::incidents(replica.database())) {
        if (incident.act != act.name) continue;
        values["reported"] = text_of(incident.reported);
        values["principal_received"] = text_of(incident.principal_received);
        values["support_received"] = text_of(incident.support_received);
      }
      const auto author = journal::account_of(replica.database(), act.origin.author);
      values["author"] =
          author ? journal::name_of(replica.database(), author->person).full() : act.origin.author;
      values["time"] = text_of(act.time);
      values["reason"] = act.act.reason;
      values["act"] = act.name.hex();
      values["in_force"] = act.in_force;
      values["may_undo"] = act.in_force && visitor.roles.has(Role::principal);
      values["count"] = std::to_string(list.size());
      values["entries"] = list;
    });
  } catch (const sync::CommandRefused& refused) {
    return site.refusal(request, 404, refused.why());
  }
  return site.page(request, "act", "Акт", std::move(values));
}

net::Response undo_act(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto form = request.form().value_or(net::Fields());
  return site.submit_to_replica(
      request, visitor, Role::principal, "/acts/" + form.get("act"),
      [&](sync::Replica& replica, const sync::Entry& entry, const net::Fields& fields) {
        const auto act = journal::act_named(replica, fields.get("act"));
        journal::write_act(replica, entry, journal::undo(act), fields.get("reason"));
        return sync::Saved::written;
      });
}

}  // namespace zimnik::node
