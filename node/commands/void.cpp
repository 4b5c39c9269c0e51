// R33: what an account or a site wrote from a point on is void, late arrivals too, until the act is
// revoked.
#include "node/commands/commands.h"
#include "node/web/door.h"
#include "schema/commands/act.h"
#include "schema/commands/put.h"
#include "schema/deadlines.h"
#include "schema/read/acts.h"
#include "schema/read/people.h"

namespace zimnik::node {
namespace {

std::string moment(sync::Time time) { return journal::local_time(time).text(); }

using journal::Role;

sync::Time moment_from(const std::string& text) {
  const auto moment = journal::moment_from(text);
  if (!moment) throw std::runtime_error("время «" + text + "»: нужно так: 2026-11-24T14:05");
  return *moment;
}

/// A slip here is found out too late: the stolen account would stay in force.
sync::VoidAccount account_to_void(SchoolNode& node, const VoidOptions& options) {
  sync::VoidAccount what{options.account, moment_from(options.from), {}};
  if (!options.until.empty()) what.until = moment_from(options.until);
  const bool is_known = node.journal().read([&](sync::Database& database) {
    return journal::account_of(database, options.account).has_value();
  });
  if (!is_known) throw std::runtime_error("учётной записи «" + options.account + "» нет");
  if (what.from > system_time()) {
    throw std::runtime_error("время " + journal::local_time(what.from).text() + " ещё не настало");
  }
  if (what.until && *what.until <= what.from) {
    throw std::runtime_error("отменять нечего: конец не позже начала");
  }
  return what;
}

std::optional<std::uint64_t> seq_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const bool is_number = text.size() < 19 && text.find_first_not_of("0123456789") == text.npos;
  if (!is_number) throw std::runtime_error("«" + text + "»: нужен номер записи узла");
  return std::stoull(text);
}

sync::VoidSite site_to_void(SchoolNode& node, const VoidOptions& options, sync::Replica& replica) {
  const auto site = journal::site_named(replica, options.site).record;
  if (site.keys.id() == node.self().id()) throw std::runtime_error("это сам этот узел");
  if (site.kind == sync::SiteKind::hub) throw std::runtime_error("это сервер округа");
  return journal::void_site(replica, site.keys.id(),
                            {seq_from(options.from), seq_from(options.school_from)});
}

/// The account's entries that the act takes away, a line each.
void list_voided(sync::Replica& replica, const sync::VoidAccount& what, std::ostream& out) {
  std::size_t count = 0;
  replica.for_each_leaf([&](std::uint64_t, const sync::Hash& leaf, const sync::LeafPlace&,
                            const sync::Transaction* transaction) {
    if (transaction == nullptr || !std::holds_alternative<sync::Edit>(transaction->body)) return;
    if (transaction->origin.author != what.author || transaction->time < what.from) return;
    if (what.until && transaction->time >= *what.until) return;
    ++count;
    out << journal::local_time(transaction->time).text() << "\t" << transaction->origin.device
        << "\t" << leaf.hex().substr(0, 16) << "\n";
  });
  out << "отменено записей: " << count << "; те, что придут позже, отменены тоже\n"
      << (what.until ? "" : "новые записи этого логина не принимаются\n");
}

void print_lines(const std::vector<std::string>& lines, std::ostream& out) {
  for (const auto& line : lines) out << line << "\n";
}

/// Who signs `what` in one of these roles writes it.
template <class Make>
int write(SchoolNode& node, const VoidOptions& options, const std::vector<Role>& roles, Make make,
          std::ostream& out) {
  const auto entry = signed_entry(node, options.signer, roles);
  node.journal().write([&](sync::Replica& replica) {
    const auto what = make(replica);
    const auto name = journal::write_act(replica, entry, what, options.reason);
    if constexpr (std::is_same_v<decltype(what), const sync::VoidAccount>) {
      list_voided(replica, what, out);
    }
    print_lines(journal::review_lines(replica, name, moment), out);
  });
  // Before anything more is written: a site that was revoked mustn't be able to read it.
  auto school = node.journal().lock();
  node.heed_acts(school);
  return 0;
}

}  // namespace

int void_account(SchoolNode& node, const VoidOptions& options, std::ostream& out) {
  const auto what = account_to_void(node, options);
  return write(
      node, options, {Role::principal}, [&](sync::Replica&) { return what; }, out);
}

int void_site(SchoolNode& node, const VoidOptions& options, std::ostream& out) {
  const auto make = [&](sync::Replica& replica) { return site_to_void(node, options, replica); };
  return write(node, options, {Role::principal, Role::technical_specialist}, make, out);
}

int undo_act(SchoolNode& node, const VoidOptions& options, std::ostream& out) {
  const auto make = [&](sync::Replica& replica) {
    return journal::undo(journal::act_named(replica, options.act));
  };
  return write(node, options, {Role::principal, Role::technical_specialist}, make, out);
}

int show_acts(SchoolNode& node, const std::string& act, std::ostream& out) {
  node.journal().with_replica([&](sync::Replica& replica) {
    print_lines(act.empty()
                    ? journal::act_lines(replica, moment)
                    : journal::review_lines(replica, journal::act_named(replica, act).name, moment),
                out);
  });
  return 0;
}

}  // namespace zimnik::node
