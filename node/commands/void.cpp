// R33: what an account wrote from a moment on is void, late arrivals too, until the act is revoked.
#include "node/commands/commands.h"
#include "node/web/door.h"
#include "node/web/moment.h"
#include "schema/access.h"
#include "schema/commands/put.h"
#include "schema/read/people.h"
#include "sync/core/limits.h"
#include "sync/web/password.h"

namespace zimnik::node {
namespace {

sync::Time moment_from(const std::string& text) {
  constexpr std::size_t kDayLength = 10;
  constexpr std::int64_t kMinuteMs = 60'000, kZoneMinutes = 5 * 60;
  const auto day = journal::Date::parse(std::string_view(text).substr(0, kDayLength));
  const auto time = text.size() > kDayLength ? text.substr(kDayLength + 1) : "";
  if (!day || text[kDayLength] != 'T' || !journal::is_time_of_day(time)) {
    throw std::runtime_error("время «" + text + "»: нужно так: 2026-11-24T14:05");
  }
  const auto minutes = std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3));
  return {(std::int64_t{day->days()} * 24 * 60 + minutes - kZoneMinutes) * kMinuteMs};
}

/// A slip here is found out too late: the stolen account would stay in force.
void require_sound(SchoolNode& node, const VoidOptions& options, const sync::VoidAccount& what,
                   sync::Time now) {
  const bool is_known = node.journal().read([&](sync::Database& database) {
    return journal::account_of(database, options.account).has_value();
  });
  if (!is_known) throw std::runtime_error("учётной записи «" + options.account + "» нет");
  if (what.from > now) {
    throw std::runtime_error("время " + moment_text(what.from) + " ещё не настало");
  }
  if (what.until && *what.until <= what.from) {
    throw std::runtime_error("отменять нечего: конец не позже начала");
  }
  journal::require_text(options.reason, sync::limits::kReasonBytes, "Основание");
}

}  // namespace

int void_account(SchoolNode& node, const VoidOptions& options, std::ostream& out) {
  sync::VoidAccount what{options.account, moment_from(options.from), {}};
  if (!options.until.empty()) what.until = moment_from(options.until);
  const auto now = system_time();
  require_sound(node, options, what, now);
  const bool is_principal = node.journal().read([&](sync::Database& database) {
    const auto account = journal::account_of(database, options.by);
    return account && account->is_open && web::fits_password(account->verifier, options.password) &&
           journal::has_role(database, account->person, journal::Role::principal, day_of(now));
  });
  if (!is_principal) {
    throw std::runtime_error("отменить записи может только директор: логин или пароль не подходит");
  }
  const sync::Origin origin{options.by, std::string(journal::word_of(journal::Role::principal)),
                            journal::rank_of(journal::Role::principal), "console"};
  sync::Hash name;
  std::size_t count = 0;
  node.journal().write([&](sync::Replica& replica) {
    replica.act({origin, now, {}, replica.seen()}, what, options.reason);
    replica.for_each_leaf([&](std::uint64_t, const sync::Hash& leaf, const sync::LeafPlace&,
                              const sync::Transaction* transaction) {
      if (transaction == nullptr) return;
      if (std::holds_alternative<sync::Act>(transaction->body)) name = leaf;
      if (transaction->origin.author != options.account || transaction->time < what.from) return;
      if (what.until && transaction->time >= *what.until) return;
      if (!std::holds_alternative<sync::Edit>(transaction->body)) return;
      ++count;
      out << moment_text(transaction->time) << "\t" << transaction->origin.device << "\t"
          << leaf.hex().substr(0, 16) << "\n";
    });
  });
  out << "Акт " << name.hex() << "\nотменено записей: " << count
      << "; те, что придут позже, отменены тоже\n"
      << (what.until ? "" : "новые записи этого логина не принимаются\n");
  return 0;
}

}  // namespace zimnik::node
