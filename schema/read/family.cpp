#include "schema/read/family.h"

#include <algorithm>

#include "schema/limits.h"
#include "schema/query.h"
#include "schema/read/courses.h"
#include "schema/read/membership.h"
#include "schema/tables.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Blob;
using sync::Database;
using sync::Statement;

namespace {

constexpr const char* kStillOn = " (until IS NULL OR until >= ?)";

/// Whether the engine lists the row as deleted by somebody who didn't know of what it shows.
bool was_deleted_elsewhere(Database& database, const std::string& table, const sync::Key& key) {
  constexpr std::int64_t kDeletedButEdited = 2;  // sync::Listed::Reason
  return has_row(database,
                 "SELECT 1 FROM zimnik_listed WHERE table_id = ? AND key = ? AND reason = ?",
                 {std::int64_t{table_id(table)}, Blob{key.bytes}, kDeletedButEdited});
}

std::optional<DiaryAccess> access_where(Database& database, const std::string& condition,
                                        const sync::Value& value) {
  std::optional<DiaryAccess> access;
  each_row(
      database,
      "SELECT guardian, verifier, issued_at FROM diary_access WHERE verifier IS NOT NULL AND " +
          condition,
      {value}, [&](const Statement& row) {
        access = {row.integer(0), std::string(row.blob(1)), row.integer(2)};
      });
  return access;
}

std::string class_name_of(Database& database, std::int64_t pupil, Date today) {
  const auto school_class = class_of_pupil(database, pupil, today);
  const auto title = school_class ? class_title(database, *school_class) : std::nullopt;
  return title ? title->text() : "";
}

bool is_of_age(Database& database, std::int64_t pupil, Date today) {
  return has_row(
      database, "SELECT 1 FROM person WHERE id = ? AND date(birth_date, ?) <= ?",
      {pupil, text_value("+" + std::to_string(limits::kYearsOfAge) + " years"), date_value(today)});
}

}  // namespace

bool may_guardians_read(Database& database, std::int64_t pupil, Date today) {
  return !is_of_age(database, pupil, today) || may_read_electronically(database, pupil);
}

bool may_read_own_diary(Database& database, std::int64_t pupil, Date today) {
  const auto own = consent_of(database, pupil, kElectronicDiary).state;
  if (own != ConsentState::absent) return own == ConsentState::granted;
  if (is_of_age(database, pupil, today)) return true;
  const auto guardians = guardians_of(database, pupil, today);
  return std::any_of(guardians.begin(), guardians.end(), [](const Guardian& guardian) {
    return guardian.consent.state == ConsentState::granted;
  });
}

std::vector<Child> children_of(Database& database, std::int64_t guardian, Date today) {
  const Snapshot snapshot(database);
  std::vector<Child> children;
  each_row(database,
           std::string("SELECT g.pupil, g.relation, p.family_name, p.given_name, p.patronymic "
                       "FROM guardianship g LEFT JOIN person p ON p.id = g.pupil "
                       "WHERE g.guardian = ? AND") +
               kStillOn,
           {guardian, date_value(today)}, [&](const Statement& row) {
             children.push_back({row.integer(0), PersonName::at(row, 2), string_at(row, 1), {}});
           });
  std::erase_if(children, [&](const Child& child) {
    return !may_guardians_read(database, child.pupil, today);
  });
  for (auto& child : children) child.class_name = class_name_of(database, child.pupil, today);
  std::sort(children.begin(), children.end(), [](const Child& left, const Child& right) {
    return comes_before(left.name, right.name);
  });
  return children;
}

std::optional<Child> pupil_itself(Database& database, std::int64_t person, Date today) {
  const Snapshot snapshot(database);
  if (!has_row(database, "SELECT 1 FROM person WHERE id = ? AND kind = ?",
               {person, text_value(word_of(PersonKind::pupil))})) {
    return std::nullopt;
  }
  return Child{person, name_of(database, person), {}, class_name_of(database, person, today)};
}

Consent consent_of(Database& database, std::int64_t person, std::string_view purpose) {
  const Snapshot snapshot(database);
  Consent consent;
  each_row(database, "SELECT state, source, date FROM consent WHERE person = ? AND purpose = ?",
           {person, text_value(purpose)}, [&](const Statement& row) {
             consent = {row.text(0) == kGranted ? ConsentState::granted : ConsentState::refused,
                        string_at(row, 1), date_at(row, 2)};
           });
  const std::vector<sync::Value> key = {person, text_value(purpose)};
  if (consent.state == ConsentState::granted &&
      was_deleted_elsewhere(database, "consent", sync::make_key(key))) {
    consent.state = ConsentState::refused;
  }
  return consent;
}

bool may_read_electronically(Database& database, std::int64_t guardian) {
  return consent_of(database, guardian, kElectronicDiary).state == ConsentState::granted;
}

bool may_read_diary(Database& database, std::int64_t guardian, std::int64_t pupil, Date today) {
  return has_row(database,
                 std::string("SELECT 1 FROM guardianship WHERE guardian = ? AND pupil = ? AND") +
                     kStillOn,
                 {guardian, pupil, date_value(today)}) &&
         may_guardians_read(database, pupil, today) && may_read_electronically(database, guardian);
}

bool may_go_to_other_systems(Database& database, std::int64_t pupil, Date today) {
  const Snapshot snapshot(database);
  const auto own = consent_of(database, pupil, kElectronicDiary).state;
  if (own == ConsentState::refused) return false;
  if (is_of_age(database, pupil, today)) return own == ConsentState::granted;
  bool has_granted = false;
  for (const auto& guardian : guardians_of(database, pupil, today)) {
    if (guardian.consent.state == ConsentState::refused) return false;
    has_granted = has_granted || guardian.consent.state == ConsentState::granted;
  }
  return has_granted;
}

std::vector<Guardian> guardians_of(Database& database, std::int64_t pupil, Date today) {
  const Snapshot snapshot(database);
  std::vector<Guardian> guardians;
  each_row(
      database,
      std::string("SELECT g.guardian, g.relation, p.family_name, p.given_name, p.patronymic "
                  "FROM guardianship g LEFT JOIN person p ON p.id = g.guardian "
                  "WHERE g.pupil = ? AND") +
          kStillOn,
      {pupil, date_value(today)}, [&](const Statement& row) {
        guardians.push_back({row.integer(0), PersonName::at(row, 2), string_at(row, 1), {}, false});
      });
  for (auto& guardian : guardians) {
    guardian.consent = consent_of(database, guardian.id, kElectronicDiary);
    guardian.has_access = diary_access_of(database, guardian.id).has_value();
  }
  return guardians;
}

std::optional<DiaryAccess> diary_access_of(Database& database, std::int64_t guardian) {
  return access_where(database, "guardian = ?", guardian);
}

std::optional<DiaryAccess> diary_access_by(Database& database, std::string_view verifier) {
  return access_where(database, "verifier = ?", Blob{std::string(verifier)});
}

}  // namespace zimnik::journal
