#include "node/web/region_code.h"

#include "schema/commands/family.h"
#include "schema/commands/put.h"
#include "schema/logins.h"
#include "schema/query.h"
#include "schema/read/people.h"
#include "sync/web/one_time_code.h"

namespace zimnik::node {

namespace {

constexpr const char* kOutranks = "Это может только директор";

}  // namespace

bool may_issue_region_code(sync::Database& database, const Visitor& visitor, std::int64_t person) {
  return visitor.roles.has(journal::Role::principal) ||
         journal::has_row(database,
                          "SELECT 1 FROM person p WHERE id = ? AND kind = 'staff' AND NOT EXISTS "
                          "(SELECT 1 FROM guardianship WHERE guardian = p.id)",
                          {person});
}

net::Response issue_region_code(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto code = web::new_code();
  std::string owner;
  auto written = site.submit(
      request, visitor, visitor.role(), "/accounts",
      [&](sync::Command& command, const net::Fields& form) {
        const auto person = number_from(form.get("person"));
        journal::require(
            journal::may_manage_account(command.database(), visitor.person, person, site.today()),
            kOutranks);
        journal::require(may_issue_region_code(command.database(), visitor, person), kOutranks);
        journal::issue_diary_access(command, person, web::hash_of_code(code), site.now());
        owner = journal::name_of(command.database(), person).full();
      });
  if (written.status != 303) return written;
  auto values = site.frame(request, visitor);
  values["owner"] = owner;
  values["code"] = web::code_in_groups(code);
  return site.page(request, "region_code", "Код для сайта округа", std::move(values));
}

}  // namespace zimnik::node
