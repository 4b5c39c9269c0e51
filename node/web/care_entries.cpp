#include "node/web/care_entries.h"

#include <algorithm>

#include "node/web/care.h"
#include "schema/access.h"
#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/commands/put.h"
#include "schema/ids.h"
#include "schema/read/family.h"
#include "schema/read/membership.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

std::int64_t pupil_of(const net::Request& request) {
  return number_from(request.place.at("pupil"));
}

std::string page_of(std::int64_t pupil) { return "/pupil/" + std::to_string(pupil); }

/// Writes of a pupil whom the visitor cares for.
net::Response submit_care(Site& site, const net::Request& request, const Visitor& visitor,
                          const std::string& then, const Site::Writing& write) {
  return site.submit(request, visitor, caring_role(visitor), then,
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::require(
                           journal::may_care_for_pupil(command.database(), visitor.person,
                                                       pupil_of(request), site.today()),
                           kNoPupil);
                       write(command, form);
                     });
}

bool is_guardian(sync::Database& database, std::int64_t person, std::int64_t pupil,
                 journal::Date today) {
  const auto guardians = journal::guardians_of(database, pupil, today);
  return std::any_of(guardians.begin(), guardians.end(),
                     [&](const journal::Guardian& guardian) { return guardian.id == person; });
}

/// Of a paper: what the person itself did can't be entered for it.
std::string paper_in(const net::Fields& form) {
  auto source = journal::trimmed(form.get("source"));
  journal::require(source != journal::kByGuardian, "Источник: назовите документ или кто сообщил");
  return source;
}

journal::PersonNames names_in(const net::Fields& form) {
  return {form.get("family_name"), form.get("given_name"), form.get("patronymic")};
}

std::string week_or_pupil(Site& site, const net::Request& request) {
  const auto pupil = pupil_of(request);
  const auto form = request.form().value_or(net::Fields());
  const auto week = journal::Date::parse(form.get("week"));
  const auto school_class = site.journal().read([&](sync::Database& database) {
    return journal::class_at_hand(database, pupil, site.today());
  });
  if (!week || !school_class) return page_of(pupil) + "#excuses";
  return "/class/" + std::to_string(*school_class) + "/week?day=" + week->text();
}

}  // namespace

net::Response add_excuse(Site& site, const net::Request& request, const Visitor& visitor) {
  return submit_care(site, request, visitor, week_or_pupil(site, request),
                     [&](sync::Command& command, const net::Fields& form) {
                       const auto reason = journal::excuse_reason_of(form.get("reason"));
                       journal::require(reason.has_value(), "Причина пропуска: б или у");
                       const auto since =
                           journal::checked_date(form.get("since"), "Первый день справки");
                       const auto until = day_or_nothing(form, "until", "Последний день справки");
                       journal::add_excuse(command, pupil_of(request), since, until.value_or(since),
                                           *reason, form.get("document"));
                     });
}

net::Response withdraw_excuse(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_care(site, request, visitor, page_of(pupil) + "#excuses",
                     [&](sync::Command& command, const net::Fields& form) {
                       journal::remove_excuse(
                           command, pupil,
                           journal::checked_date(form.get("since"), "Первый день справки"));
                     });
}

net::Response set_contact(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_care(
      site, request, visitor, page_of(pupil), [&](sync::Command& command, const net::Fields& form) {
        const auto person = number_from(form.get("person"));
        journal::require(
            person == pupil || is_guardian(command.database(), person, pupil, site.today()),
            "Этот человек не представитель обучающегося");
        journal::set_contact(command, person, form.get("kind"), form.get("value"), paper_in(form),
                             day_or_nothing(form, "date", "Дата источника").value_or(site.today()));
      });
}

net::Response record_consent(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_care(
      site, request, visitor, page_of(pupil), [&](sync::Command& command, const net::Fields& form) {
        const auto person = number_from(form.get("person"));
        journal::require(is_guardian(command.database(), person, pupil, site.today()),
                         "Этот человек не представитель обучающегося");
        journal::record_consent(command, person, journal::kElectronicDiary,
                                journal::checked_agreement(form.get("answer")), paper_in(form),
                                journal::checked_date(form.get("date"), "Дата согласия"));
      });
}

net::Response add_guardian(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  const auto fields = request.form().value_or(net::Fields());
  const auto known = number_from(fields.get("person"));
  const auto guardian = known != 0 ? known : journal::new_id(site.today().school_year());
  const bool may = site.journal().read([&](sync::Database& database) {
    return journal::may_care_for_pupil(database, visitor.person, pupil, site.today());
  });
  if (may && known == 0) site.journal().make_person_keys({guardian});
  return submit_care(
      site, request, visitor, page_of(pupil), [&](sync::Command& command, const net::Fields& form) {
        if (known == 0) {
          journal::add_person(command, guardian, journal::PersonKind::guardian, names_in(form));
        }
        journal::add_guardian(command, guardian, pupil, form.get("relation"));
      });
}

net::Response end_guardianship(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto pupil = pupil_of(request);
  return submit_care(
      site, request, visitor, page_of(pupil), [&](sync::Command& command, const net::Fields& form) {
        journal::end_guardianship(command, number_from(form.get("person")), pupil,
                                  journal::checked_date(form.get("last_day"), "Последний день"));
      });
}

}  // namespace zimnik::node
