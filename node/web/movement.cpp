#include "node/web/movement.h"

#include "node/web/care.h"
#include "schema/access.h"
#include "schema/commands/order.h"
#include "schema/commands/person.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/membership.h"
#include "schema/read/pupil_file.h"

namespace zimnik::node {

namespace {

using journal::Role;

constexpr const char* kAdmission = "О зачислении обучающегося";
constexpr const char* kTransfer = "О переводе обучающегося";
constexpr const char* kDeparture = "Об отчислении обучающегося";

Role moving_role(const Visitor& visitor) {
  for (const auto role : {Role::principal, Role::deputy_head, Role::technical_specialist}) {
    if (visitor.roles.has(role)) return role;
  }
  return Role::secretary;
}

std::int64_t pupil_of(const net::Request& request) {
  return number_from(request.place.at("pupil"));
}

void require_mover(Site& site, sync::Database& database, const Visitor& visitor) {
  journal::require(journal::may_move_pupils(database, visitor.person, site.today()),
                   "Движение обучающихся ведут секретарь, технический специалист и директор");
}

net::Response submit_move(Site& site, const net::Request& request, const Visitor& visitor,
                          std::int64_t pupil, const Site::Writing& write) {
  return site.submit(request, visitor, moving_role(visitor), "/pupil/" + std::to_string(pupil),
                     [&](sync::Command& command, const net::Fields& form) {
                       require_mover(site, command.database(), visitor);
                       write(command, form);
                     });
}

/// The number of the order by which it is done; the order itself is noted with its day.
std::string order_in(Site& site, sync::Command& command, const net::Fields& form,
                     const char* title) {
  const auto number = journal::trimmed(form.get("order_number"));
  journal::note_order(
      command, journal::new_id(site.today().school_year()),
      {number, journal::checked_date(form.get("order_date"), "Дата приказа"), title});
  return number;
}

std::int64_t class_of(sync::Command& command, std::int64_t pupil, journal::Date day) {
  const auto school_class = journal::class_of_pupil(command.database(), pupil, day);
  if (!school_class) journal::refuse("{1} обучающийся не числится в классе", {day.russian()});
  return *school_class;
}

}  // namespace

net::Response add_pupil(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = journal::new_id(site.today().school_year());
  const bool may = site.journal().read([&](sync::Database& database) {
    return journal::may_move_pupils(database, visitor.person, site.today());
  });
  if (may) site.journal().make_person_keys({pupil});
  return submit_move(
      site, request, visitor, pupil, [&](sync::Command& command, const net::Fields& form) {
        journal::add_person(
            command, pupil, journal::PersonKind::pupil,
            {form.get("family_name"), form.get("given_name"), form.get("patronymic")},
            day_or_nothing(form, "birth_date", "Дата рождения"));
        journal::enrol(command, pupil, number_from(request.place.at("school_class")),
                       journal::checked_date(form.get("since"), "Первый день в классе"),
                       order_in(site, command, form, kAdmission));
      });
}

net::Response set_pupil_file(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_move(
      site, request, visitor, pupil, [&](sync::Command& command, const net::Fields& form) {
        const auto known = journal::pupil_file(command.database(), pupil);
        journal::require(known.has_value(), "Нет такого обучающегося");
        const journal::PersonNames names{journal::trimmed(form.get("family_name")),
                                         journal::trimmed(form.get("given_name")),
                                         journal::trimmed(form.get("patronymic"))};
        const bool is_renamed = names.family_name != known->name.family_name ||
                                names.given_name != known->name.given_name ||
                                names.patronymic != known->name.patronymic;
        if (is_renamed) journal::set_names(command, pupil, names);
        const auto birth_date = day_or_nothing(form, "birth_date", "Дата рождения");
        if (birth_date != known->birth_date) {
          journal::set_birth_date(command, pupil, birth_date);
        }
        journal::set_personal_file(
            command, pupil, {form.get("gender"), form.get("file_number"), form.get("snils")});
      });
}

net::Response admit_pupil(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_move(
      site, request, visitor, pupil, [&](sync::Command& command, const net::Fields& form) {
        journal::enrol(command, pupil, number_from(form.get("school_class")),
                       journal::checked_date(form.get("since"), "Первый день в классе"),
                       order_in(site, command, form, kAdmission));
      });
}

net::Response transfer_pupil(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_move(
      site, request, visitor, pupil, [&](sync::Command& command, const net::Fields& form) {
        const auto since = journal::checked_date(form.get("since"), "Первый день в новом классе");
        journal::transfer(command, pupil, class_of(command, pupil, since.plus(-1)),
                          number_from(form.get("school_class")), since,
                          order_in(site, command, form, kTransfer));
      });
}

net::Response dismiss_pupil(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_move(
      site, request, visitor, pupil, [&](sync::Command& command, const net::Fields& form) {
        const auto last_day = journal::checked_date(form.get("last_day"), "Последний день");
        journal::dismiss(command, pupil, class_of(command, pupil, last_day), last_day,
                         order_in(site, command, form, kDeparture));
      });
}

}  // namespace zimnik::node
