// All that a cell of the grid ever held: who entered it, when, in what role and where.
#pragma once

#include "node/web/site.h"

namespace zimnik::node {

/// `/api/history/{course}/{date}/{number}/{pupil}`: the newest first,
///
///   [{ time, what, text, author, role, device, state }]
///
/// state: shown, conflicting, superseded, void, deleted and what else a version may be.
net::Response history_json(Site& site, const net::Request& request, const Visitor& visitor);

/// What a version of a cell says, its values with a dot between them.
std::string said_in(sync::Database& database, const std::string& table, const std::string& group,
                    const sync::HistoryItem& version, const web::Translator& translate);
/// What has become of a version, in Russian: «показано», «заменено».
std::string status_word(sync::Status status);

}  // namespace zimnik::node
