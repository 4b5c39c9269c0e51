#include "schema/read/pupil_file.h"

#include <algorithm>

#include "schema/query.h"
#include "schema/words.h"

namespace zimnik::journal {

using sync::Database;
using sync::HistoryItem;
using sync::Statement;

namespace {

sync::Key key_of(std::initializer_list<sync::Value> values) {
  return sync::make_key(std::vector<sync::Value>(values));
}

/// Of a version's values; empty where it is none, or can't be read here.
std::string text_in(const HistoryItem& version, std::size_t column) {
  if (column >= version.values.size()) return "";
  const auto* text = std::get_if<sync::Text>(&version.values[column]);
  return text == nullptr ? "" : text->text;
}

std::optional<Date> date_in(const HistoryItem& version, std::size_t column) {
  return Date::parse(text_in(version, column));
}

bool counted_once(const HistoryItem& version) {
  return version.op != sync::Op::tombstone &&
         (version.status == sync::Status::shown || version.status == sync::Status::equal ||
          version.status == sync::Status::conflicting ||
          version.status == sync::Status::superseded);
}

void add_versions(sync::Replica& replica, std::int64_t person, const char* kind,
                  std::vector<ContactVersion>& found) {
  const auto first = found.size();
  for (const auto& version :
       replica.history("contact", key_of({person, text_value(kind)}), "contact")) {
    const bool is_shown = version.status == sync::Status::shown;
    if (version.op == sync::Op::tombstone ||
        (!is_shown && version.status != sync::Status::conflicting)) {
      continue;
    }
    found.push_back(
        {{kind, text_in(version, 0), text_in(version, 1), date_in(version, 2)}, is_shown});
  }
  std::stable_partition(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
                        [](const ContactVersion& version) { return version.is_shown; });
}

/// The order of that number whose day is nearest.
OrderMention mention(Database& database, const std::string& number, Date near) {
  OrderMention order{number, {}};
  if (number.empty()) return order;
  each_row(database, "SELECT date FROM school_order WHERE number = ?", {text_value(number)},
           [&](const Statement& row) {
             const auto date = date_at(row, 0);
             if (!date) return;
             const auto distance = [&](Date day) { return std::abs(day.days() - near.days()); };
             if (!order.date || distance(*date) < distance(*order.date)) order.date = date;
           });
  return order;
}

/// The order of a stay's beginning lies under the one of its end: both are in its history.
void add_orders(sync::Replica& replica, std::int64_t pupil, ClassStay& stay) {
  std::string came, left;
  for (const auto& version : replica.history(
           "enrolment", key_of({pupil, stay.school_class, date_value(stay.since)}), "stay")) {
    if (!counted_once(version)) continue;
    const bool is_of_end = date_in(version, 0).has_value();
    const bool is_shown = version.status == sync::Status::shown;
    if (is_of_end ? is_shown : left.empty()) (is_of_end ? left : came) = text_in(version, 1);
  }
  stay.came = mention(replica.database(), came, stay.since);
  if (stay.until) stay.left = mention(replica.database(), left, *stay.until);
}

}  // namespace

std::optional<PupilFile> pupil_file(Database& database, std::int64_t pupil) {
  const Snapshot snapshot(database);
  std::optional<PupilFile> file;
  each_row(database,
           "SELECT family_name, given_name, patronymic, birth_date FROM person "
           "WHERE id = ? AND kind = ?",
           {pupil, text_value(word_of(PersonKind::pupil))}, [&](const Statement& row) {
             file = PupilFile{PersonName::at(row, 0), date_at(row, 3), {}};
           });
  if (!file) return file;
  each_row(database, "SELECT gender, file_number, snils FROM personal_file WHERE pupil = ?",
           {pupil}, [&](const Statement& row) {
             file->personal = {string_at(row, 0), string_at(row, 1), string_at(row, 2)};
           });
  return file;
}

std::vector<ContactVersion> contact_versions(sync::Replica& replica, std::int64_t person) {
  std::vector<ContactVersion> found;
  for (const auto* kind : {"phone", "email"}) add_versions(replica, person, kind, found);
  return found;
}

std::vector<ConsentEntry> consent_entries(sync::Replica& replica, std::int64_t person,
                                          std::string_view purpose) {
  std::vector<ConsentEntry> entries;
  for (const auto& version :
       replica.history("consent", key_of({person, text_value(purpose)}), "consent")) {
    if (!counted_once(version)) continue;
    entries.push_back(
        {text_in(version, 0) == kGranted ? ConsentState::granted : ConsentState::refused,
         text_in(version, 1), date_in(version, 2), version.origin.author, version.stamp.time,
         version.status == sync::Status::shown});
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

std::vector<ClassStay> class_stays(sync::Replica& replica, std::int64_t pupil) {
  std::vector<ClassStay> stays;
  each_row(replica.database(),
           "SELECT e.school_class, k.grade_level, k.letter, k.year, e.since, e.until "
           "FROM enrolment e LEFT JOIN school_class k ON k.id = e.school_class "
           "WHERE e.pupil = ? ORDER BY e.since",
           {pupil}, [&](const Statement& row) {
             const auto since = date_at(row, 4);
             if (!since) return;
             stays.push_back({row.integer(0),
                              std::to_string(row.integer(1)) + string_at(row, 2),
                              static_cast<int>(row.integer(3)),
                              *since,
                              date_at(row, 5),
                              {},
                              {}});
           });
  for (auto& stay : stays) add_orders(replica, pupil, stay);
  return stays;
}

}  // namespace zimnik::journal
