#include "node/commands/signer.h"

#include <stdexcept>

#include "node/web/door.h"
#include "schema/access.h"
#include "schema/read/people.h"
#include "sync/web/password.h"

namespace zimnik::node {

sync::Entry signed_entry(SchoolNode& node, const Signer& signer,
                         const std::vector<journal::Role>& roles) {
  const auto now = system_time();
  const auto role = node.journal().read([&](sync::Database& database) {
    const auto account = journal::account_of(database, signer.login);
    const bool is_one =
        account && account->is_open && web::fits_password(account->verifier, signer.password);
    std::optional<journal::Role> found;
    for (auto it = roles.rbegin(); is_one && it != roles.rend(); ++it) {
      if (journal::has_role(database, account->person, *it, day_of(now))) found = *it;
    }
    return found;
  });
  if (!role) {
    throw std::runtime_error("подписать акт «" + signer.login +
                             "» не может: логин, пароль или роль не подходит");
  }
  const auto seen =
      node.journal().with_replica([](sync::Replica& replica) { return replica.seen(); });
  return {{signer.login, std::string(journal::word_of(*role)), journal::rank_of(*role), "console"},
          now,
          {},
          seen};
}

}  // namespace zimnik::node
