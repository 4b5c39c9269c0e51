#include "schema/read/absence_notices.h"

#include <algorithm>

#include "schema/query.h"

namespace zimnik::journal {

using sync::Database;
using sync::Statement;

namespace {

void add_notices(Database& database, std::int64_t pupil, Date from, Date to,
                 std::vector<AnnouncedAbsence>& notices) {
  each_row(database,
           "SELECT n.since, n.until, n.reason, n.sent_at, EXISTS (SELECT 1 FROM excuse e WHERE "
           "e.pupil = n.pupil AND e.since <= n.since AND e.until >= n.since), p.family_name, "
           "p.given_name, p.patronymic, a.family_name, a.given_name, a.patronymic "
           "FROM absence_notice n LEFT JOIN person p ON p.id = n.pupil "
           "LEFT JOIN person a ON a.id = n.author "
           "WHERE n.pupil = ? AND n.since <= ? AND n.until >= ?",
           {pupil, date_value(to), date_value(from)}, [&](const Statement& row) {
             const auto since = date_at(row, 0), until = date_at(row, 1);
             if (!since || !until) return;
             AnnouncedAbsence notice;
             notice.pupil = pupil;
             notice.since = *since;
             notice.until = *until;
             notice.reason = string_at(row, 2);
             if (const auto sent_at = integer_at(row, 3)) notice.sent_at = sync::Time{*sent_at};
             notice.is_entered = row.integer(4) != 0;
             notice.name = PersonName::at(row, 5);
             notice.author = PersonName::at(row, 8);
             notices.push_back(std::move(notice));
           });
}

}  // namespace

std::vector<AnnouncedAbsence> absence_notices(Database& database,
                                              const std::vector<std::int64_t>& pupils, Date from,
                                              Date to) {
  const Snapshot snapshot(database);
  std::vector<AnnouncedAbsence> notices;
  for (const auto pupil : pupils) add_notices(database, pupil, from, to, notices);
  std::stable_sort(notices.begin(), notices.end(),
                   [](const AnnouncedAbsence& left, const AnnouncedAbsence& right) {
                     return left.since != right.since ? left.since < right.since
                                                      : comes_before(left.name, right.name);
                   });
  return notices;
}

}  // namespace zimnik::journal
