#include "hub/identity_store.h"

#include "hub/query.h"

namespace zimnik::hub {

using journal::each_row;
using journal::one_integer;
using journal::text_value;
using sync::Database;
using sync::Statement;

namespace {

std::optional<std::int64_t> account_with(Database& database, const FederalIdentity& identity) {
  return one_integer(database,
                     "SELECT i.account FROM identity i JOIN account a ON a.id = i.account "
                     "WHERE i.issuer = ? AND i.subject = ?",
                     {text_value(identity.issuer), text_value(identity.subject)});
}

}  // namespace

std::optional<std::int64_t> IdentityStore::account_of(const FederalIdentity& identity) {
  return database_.run([&](Database& database) { return account_with(database, identity); });
}

std::optional<FederalIdentity> IdentityStore::identity_of(std::int64_t account) {
  return database_.run([&](Database& database) {
    std::optional<FederalIdentity> identity;
    each_row(database, "SELECT issuer, subject FROM identity WHERE account = ?", {account},
             [&](const Statement& row) {
               identity = {std::string(row.text(0)), std::string(row.text(1))};
             });
    return identity;
  });
}

bool IdentityStore::bind(std::int64_t account, const FederalIdentity& identity, sync::Time now) {
  return database_.run([&](Database& database) {
    const auto owner = account_with(database, identity);
    if (owner && *owner != account) return false;
    run_sql(database, "DELETE FROM identity WHERE account = ?1 OR (issuer = ?2 AND subject = ?3)",
            {account, text_value(identity.issuer), text_value(identity.subject)});
    run_sql(database,
            "INSERT INTO identity (issuer, subject, account, bound_at) VALUES (?, ?, ?, ?)",
            {text_value(identity.issuer), text_value(identity.subject), account, now.ms});
    return true;
  });
}

void IdentityStore::unbind(std::int64_t account) {
  database_.run([&](Database& database) {
    run_sql(database, "DELETE FROM identity WHERE account = ?", {account});
  });
}

}  // namespace zimnik::hub
