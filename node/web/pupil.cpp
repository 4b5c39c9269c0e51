#include "node/web/pupil.h"

#include <algorithm>

#include "node/web/care.h"
#include "node/web/years.h"
#include "schema/access.h"
#include "schema/deadlines.h"
#include "schema/read/absences.h"
#include "schema/read/class_people.h"
#include "schema/read/entries.h"
#include "schema/read/finals.h"
#include "schema/read/membership.h"
#include "schema/read/pupil_file.h"
#include "schema/read/refiling.h"
#include "schema/words.h"

namespace zimnik::node {

namespace {

using journal::Date;

constexpr std::size_t kFoundGuardians = 20;

/// Puts the page's values together. One use.
class PupilValues {
 public:
  PupilValues(sync::Replica& replica, std::int64_t pupil, Date today,
              const web::Translator& translate, web::Values& values)
      : replica_(replica), pupil_(pupil), today_(today), translate_(translate), values_(values) {}

  void add(const journal::PupilFile& file, const std::string& guardian_sought) {
    add_file(file);
    add_class();
    add_family(file);
    add_found(guardian_sought);
    add_excuses();
    add_stays();
    add_waiting();
    for (const auto* form :
         {"file_entry", "guardian_entry", "contact_entry", "consent_entry", "excuse_entry",
          "admission_entry", "transfer_entry", "departure_entry"}) {
      values_[form] = web::Values{{"counter", next_counter()}};
    }
  }

 private:
  sync::Database& database() { return replica_.database(); }
  std::string next_counter() { return std::to_string(++counter_); }

  void add_file(const journal::PupilFile& file) {
    values_["full_name"] = file.name.full();
    values_["family_name"] = file.name.family_name;
    values_["given_name"] = file.name.given_name;
    values_["patronymic"] = file.name.patronymic;
    values_["birth_date"] = russian(file.birth_date);
    values_["birth_input"] = file.birth_date ? file.birth_date->text() : std::string();
    values_["is_male"] = file.personal.gender == "м";
    values_["is_female"] = file.personal.gender == "ж";
    values_["file_number"] = file.personal.file_number;
    values_["snils"] = file.personal.snils;
  }

  void add_class() {
    const auto at_hand = journal::class_at_hand(database(), pupil_, today_);
    const auto title = at_hand ? journal::class_title(database(), *at_hand) : std::nullopt;
    values_["has_class"] = title.has_value();
    web::List choices;
    for (const auto& other :
         journal::classes_of_year(database(), journal::year_at_work(database(), today_))) {
      if (title && other.id == title->id) continue;
      choices.push_back(web::Values{{"id", std::to_string(other.id)}, {"title", other.text()}});
    }
    values_["other_classes"] = choices;
    if (!title) return;
    year_ = title->year;
    values_["class_id"] = std::to_string(title->id);
    values_["class_name"] = title->text();
    if (const auto period = journal::period_at_hand(
            journal::periods_of_grade(database(), title->year, title->grade_level), today_)) {
      period_ = *period;
    }
  }

  web::List contacts_of(std::int64_t person) {
    web::List lines;
    for (const auto& version : journal::contact_versions(replica_, person)) {
      auto line = contact_values(version.contact);
      line["conflicting"] = !version.is_shown;
      lines.push_back(std::move(line));
    }
    return lines;
  }

  web::List consents_of(std::int64_t person) {
    web::List lines;
    for (const auto& entry :
         journal::consent_entries(replica_, person, journal::kElectronicDiary)) {
      lines.push_back(web::Values{{"granted", entry.state == journal::ConsentState::granted},
                                  {"by_self", entry.source == journal::kByGuardian},
                                  {"source", entry.source},
                                  {"date", russian(entry.date)},
                                  {"author", entry.author},
                                  {"entered", journal::local_time(entry.entered).text()},
                                  {"in_force", entry.is_in_force}});
    }
    return lines;
  }

  void add_family(const journal::PupilFile& file) {
    web::List guardians, people;
    people.push_back(web::Values{{"person", std::to_string(pupil_)}, {"name", file.name.full()}});
    for (const auto& guardian : journal::guardians_of(database(), pupil_, today_)) {
      const auto id = std::to_string(guardian.id);
      const auto state = guardian.consent.state;
      guardians.push_back(web::Values{{"person", id},
                                      {"counter", next_counter()},
                                      {"name", guardian.name.full()},
                                      {"relation", guardian.relation},
                                      {"contacts", contacts_of(guardian.id)},
                                      {"granted", state == journal::ConsentState::granted},
                                      {"refused", state == journal::ConsentState::refused},
                                      {"entries", consents_of(guardian.id)}});
      people.push_back(web::Values{{"person", id}, {"name", guardian.name.full()}});
    }
    values_["contacts"] = contacts_of(pupil_);
    values_["any_guardians"] = !guardians.empty();
    values_["guardians"] = guardians;
    values_["people"] = people;
  }

  void add_found(const std::string& sought) {
    web::List found;
    for (const auto& person : journal::people_named(
             database(), journal::word_of(journal::PersonKind::guardian), sought)) {
      if (found.size() == kFoundGuardians) break;
      std::string children;
      for (const auto& child : journal::children_of(database(), person.id, today_)) {
        children += (children.empty() ? "" : "; ") + child.name.plain();
        if (!child.class_name.empty()) children += ", " + child.class_name;
      }
      found.push_back(web::Values{{"person", std::to_string(person.id)},
                                  {"counter", next_counter()},
                                  {"name", person.name.full()},
                                  {"children", children}});
    }
    values_["sought"] = sought;
    values_["none_found"] = !sought.empty() && found.empty();
    values_["found"] = found;
  }

  void add_excuses() {
    web::List excuses, absences;
    const auto known = journal::excuses_of(database(), pupil_);
    for (auto excuse = known.rbegin(); excuse != known.rend(); ++excuse) {
      excuses.push_back(
          web::Values{{"counter", next_counter()},
                      {"since", excuse->since.text()},
                      {"from", excuse->since.russian()},
                      {"to", excuse->until.russian()},
                      {"is_sick", excuse->reason == word_of(journal::ExcuseReason::sick)},
                      {"document", excuse->document}});
    }
    values_["excuses"] = excuses;
    values_["any_excuses"] = !excuses.empty();
    if (!period_) return;
    const auto of_period =
        journal::absences_of(database(), {pupil_}, year_, period_->starts, period_->ends);
    for (const auto& [pupil, own] : of_period) {
      for (const auto& absence : own) {
        absences.push_back(web::Values{{"date", absence.lesson.date.russian()},
                                       {"number", std::to_string(absence.lesson.number)},
                                       {"subject", absence.subject_name},
                                       {"fact", absence.fact},
                                       {"code", absence.code},
                                       {"unexcused", absence.is_unexcused()}});
      }
    }
    values_["period"] = translate_(period_->title());
    values_["any_absences"] = !absences.empty();
    values_["absences"] = absences;
  }

  void add_stays() {
    web::List stays;
    for (const auto& stay : journal::class_stays(replica_, pupil_)) {
      stays.push_back(web::Values{{"class_name", stay.class_name},
                                  {"years", year_text(stay.year)},
                                  {"since", stay.since.russian()},
                                  {"until", russian(stay.until)},
                                  {"came", stay.came.number},
                                  {"came_date", russian(stay.came.date)},
                                  {"left", stay.left.number},
                                  {"left_date", russian(stay.left.date)}});
    }
    values_["any_stays"] = !stays.empty();
    values_["stays"] = stays;
  }

  void add_waiting() {
    web::List waiting;
    for (const auto& item :
         journal::waiting_of_pupil(database(), pupil_, journal::year_at_work(database(), today_))) {
      waiting.push_back(web::Values{{"course", item.course.text()},
                                    {"teacher", item.course.teacher_name.brief()},
                                    {"date", item.lesson.date.russian()},
                                    {"entries", item.entries}});
    }
    values_["any_waiting"] = !waiting.empty();
    values_["waiting"] = waiting;
  }

  sync::Replica& replica_;
  const std::int64_t pupil_;
  const Date today_;
  const web::Translator& translate_;
  web::Values& values_;
  std::optional<journal::Period> period_;
  int year_ = 0;
  int counter_ = 0;
};

}  // namespace

net::Response pupil_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto pupil = number_from(request.place.at("pupil"));
  const auto today = site.today();
  const auto& translate = site.pages().translator(request);
  bool is_found = false;
  site.journal().with_replica([&](sync::Replica& replica) {
    auto& database = replica.database();
    if (!journal::may_read_pupil(database, visitor.person, pupil, today)) return;
    const auto file = journal::pupil_file(database, pupil);
    if (!file) return;
    is_found = true;
    PupilValues(replica, pupil, today, translate, values).add(*file, request.query.get("guardian"));
    values["may_care"] = journal::may_care_for_pupil(database, visitor.person, pupil, today);
    values["may_write"] = journal::may_open_diary(database, visitor.person, pupil, today);
    values["may_move"] = journal::may_move_pupils(database, visitor.person, today);
  });
  if (!is_found) return site.refusal(request, 404, {kNoPupil});
  values["id"] = std::to_string(pupil);
  values["today"] = today.text();
  return site.page(request, "pupil", "Обучающийся", std::move(values));
}

}  // namespace zimnik::node
