// A school as a OneRoster 1.2 archive (1EdTech, OneRoster CSV Binding 1.2), beside which lies an
// attendance.csv of our own. Our own import reads it (schema/import/oneroster.h).
//
// The school year at work: a class «7А» is a class of type homeroom, a page of the journal «7А
// Алгебра» one of type scheduled, a quarter or trimester a gradingPeriod, a half-year a semester. A
// mark is a result of a lineItem for its work; a point, a work that is owed, «not submitted»; «осв»
// and «безотм» are «exempt», «н/а» «not submitted», with the word as textScore. Ids are of the rows
// in the journal, so they stay the same from one export to the next.
//
// Who can't be named here (forgotten, or without a key) is left out; so are marks, results and
// attendance of pupils whose families haven't agreed (journal::may_go_to_other_systems). Sex and
// personal file numbers never reach the hub. What OneRoster has no word for: a secretary is an
// «aide», whom our own import leaves out; a stream over several classes has no class in its title,
// and our own import names it as a fault.
#pragma once

#include <cstdint>
#include <vector>

#include "schema/dates.h"
#include "schema/import/kinds.h"
#include "sync/core/ids.h"
#include "sync/store/database.h"

namespace zimnik::hub {

struct OneRosterArchive {
  journal::ImportFiles files;
  std::vector<std::int64_t> persons;  ///< who is in it
};
OneRosterArchive oneroster_of(sync::Database& database, const sync::SchoolId& school,
                              journal::Date today);

}  // namespace zimnik::hub
