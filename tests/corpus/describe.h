// What bytes decoded to, as JSON. Manifests that lie in the repository for ever hold what these
// give, so they never say the same thing differently; what is new here is said only where it
// occurs.
#pragma once

#include <nlohmann/json.hpp>

#include "hub/revocations.h"
#include "sync/core/message.h"
#include "sync/core/proof.h"
#include "sync/core/transaction.h"
#include "sync/net/enrolment.h"
#include "sync/net/envelope.h"
#include "sync/net/wrapped_keys.h"
#include "sync/store/replica.h"

namespace zimnik::corpus {

nlohmann::json describe(const sync::Value& value);
nlohmann::json describe(const sync::Transaction& transaction);
nlohmann::json describe(const sync::Message& message);
nlohmann::json describe(const sync::Received& received);
nlohmann::json describe(const sync::SiteRecord& record);
nlohmann::json describe(const std::vector<sync::NewKey>& keys);
nlohmann::json describe(const net::Envelope& envelope);
nlohmann::json describe(const net::EnrolmentRequest& request);
nlohmann::json describe(const net::EnrolmentReply& reply);
nlohmann::json describe(const net::SuccessionRequest& request);
nlohmann::json describe(const sync::CheckedProof& proof);
nlohmann::json describe(const std::vector<hub::Revoked>& revoked);

/// Name, place and content of a leaf; no content where it can't be read under these keys. Throws
/// sync::Refused.
nlohmann::json describe_leaf(std::string_view leaf, const sync::Keyring& keys);

/// The rows of each of these tables that has any, by these columns: {"mark": {"columns": […],
/// "rows": [[…], …]}}.
nlohmann::json describe_tables(sync::Database& database, const sync::Schema& schema);
/// The same tables and columns as in `like`.
nlohmann::json describe_tables(sync::Database& database, const nlohmann::json& like);

}  // namespace zimnik::corpus
