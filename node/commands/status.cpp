// What is told of a node: in one line each, what would be lost now, and who is in step.
#include <algorithm>

#include "node/backup.h"
#include "node/commands/commands.h"
#include "node/kept_copies.h"
#include "node/missing_keys.h"
#include "schema/audit/old_copies.h"
#include "schema/deadlines.h"
#include "schema/read/in_words.h"
#include "schema/read/review.h"
#include "schema/tables.h"

namespace zimnik::node {

namespace {

using Peers = std::vector<sync::PeerStanding>;

const sync::PeerStanding* find(const Peers& peers, const sync::SiteId& site) {
  const auto found =
      std::find_if(peers.begin(), peers.end(), [&](const auto& peer) { return peer.site == site; });
  return found == peers.end() ? nullptr : &*found;
}

std::string lost_text(const sync::Copies& copies) {
  const auto region = copies.region + copies.receipted;
  return std::to_string(copies.none) +
         " (только у других узлов школы: " + std::to_string(copies.siblings) +
         ", у округа: " + std::to_string(region) +
         ", из них с его квитанцией: " + std::to_string(copies.receipted) + ")";
}

/// What no other site can take, and why; empty where there is none.
std::string unprovable_text(const sync::Copies& copies) {
  if (copies.unprovable == 0) return "";
  return "; записей, которые не передать: " + std::to_string(copies.unprovable) +
         " (их узел не успел их подписать, а его ключа здесь нет)";
}

/// What keeps a site from being in step with this one; empty where nothing is known that does.
std::string lag_text(const sync::PeerStanding* peer) {
  if (peer == nullptr) return "обмена ещё не было";
  if (peer->lacking > 0) return "не подтвердил записей: " + std::to_string(peer->lacking);
  const auto own = journal::journal_schema().version;
  if (peer->schema && *peer->schema != own) {
    return "там другая версия схемы: " + std::to_string(*peer->schema) + ", здесь " +
           std::to_string(own);
  }
  return "";
}

/// Why nothing can be said of who is in step; empty where something can.
std::string not_heard_text(const SchoolNode& node, const Configuration& configuration,
                           const Reached& region) {
  const auto fault = region.fault.empty() ? "" : "; округ: " + region.fault;
  if (!configuration.is_certified()) return "нет, этот узел не заверен округом" + fault;
  if (region.at.ms == 0) return "нет, обмена с округом ещё не было" + fault;
  const auto went_on = node.own_site().went_on();
  if (went_on && region.at < went_on->at) {
    return "неизвестно, с тех пор, как узел стал новым, обмена с округом не было" + fault;
  }
  return "";
}

/// The region, and the siblings that this node calls: they hold the same, in the same version.
/// REQUIRES: there was an exchange with the region.
std::string in_step_text(const Configuration& configuration, const Peers& peers,
                         const Reached& region) {
  const auto* hub = find(peers, configuration.hub_site());
  std::string lags;
  const auto add = [&](const std::string& who, const std::string& lag) {
    if (!lag.empty()) lags += "; " + who + ": " + lag;
  };
  add("округ", lag_text(hub));
  for (const auto& sibling : configuration.siblings) {
    const auto* peer = find(peers, sibling.site);
    if (peer == nullptr || !peer->revoked) add("узел " + sibling.site.hex(), lag_text(peer));
  }
  std::string text = !lags.empty()                           ? "нет"
                     : !region.fault.empty() || !hub->schema ? "неизвестно"
                                                             : "да";
  text += ", последний полный обмен " + journal::local_time(region.at).text();
  if (!region.fault.empty()) text += "; округ: " + region.fault;
  return text + lags;
}

std::string keys_line(sync::Replica& replica) {
  const auto missing = missing_keys(replica).text();
  return missing.empty() ? "" : "ключи: " + missing + "\n";
}

/// What of the life of this node's certificate is left.
std::string certificate_text(const SchoolNode& node, const Configuration& configuration) {
  if (!configuration.is_certified()) {
    return node.can_call() ? "ещё не заверен округом, будет заверен при первой связи"
                           : "не заверен округом, нужен код: zimnik-node enroll";
  }
  constexpr std::int64_t kDay = 24 * 3600 * 1000;
  const auto facts = net::read_certificate(configuration.enrolment.certificate_pem);
  const auto left = facts.not_after.ms - system_time().ms;
  if (left <= 0) return "истёк, дней назад: " + std::to_string(-left / kDay);
  return "осталось дней: " + std::to_string(left / kDay);
}

/// Why this node writes as the site that it is; empty where it always did.
std::string went_on_text(const SchoolNode& node) {
  const auto went_on = node.own_site().went_on();
  if (!went_on) return "";
  return ", продолжает " + went_on->from.hex() + " с " + journal::local_time(went_on->at).text() +
         ": " + journal::succession_text(journal::word_of(went_on->reason));
}

/// Which sites go on as others, by their own word, and which logs have forked.
void show_sites_story(sync::Replica& replica, std::ostream& out) {
  for (const auto& it : replica.successions()) {
    out << "узел " << it.from.hex() << " продолжает работу как " << it.to.hex() << " с "
        << journal::local_time(it.time).text() << ": " << journal::succession_text(it.origin.role)
        << "\n";
  }
  for (const auto& line : journal::fork_lines(replica.frontier())) out << line << "\n";
}

/// One line on a site of the school.
std::string site_line(const sync::ListedSite& site, const Configuration& configuration,
                      const Reached& reached, const sync::PeerStanding* peer) {
  const auto id = site.record.keys.id();
  std::string line = site.record.kind == sync::SiteKind::hub ? "округ " : "узел ";
  line += id.hex();
  if (site.record.kind == sync::SiteKind::hub && id != configuration.hub_site()) {
    line += ", прежний";
  }
  if (site.revoked) line += ", отозван";
  if (site.record.signature.is_zero()) line += ", не заверен";
  for (const auto& sibling : configuration.siblings) {
    if (sibling.site == id) line += ", " + sibling.url;
  }
  if (reached.at.ms != 0) {
    line += ", обмен напрямую " + journal::local_time(reached.at).text();
    if (peer != nullptr) line += ", не отправлено туда записей: " + std::to_string(peer->lacking);
  }
  if (!reached.fault.empty()) line += "; " + reached.fault;
  return line;
}

/// What a newer version wrote, by its number.
std::string text_of(const sync::Unfolded& unfolded) {
  if (unfolded.table == 0) return "записи неизвестного вида";
  const auto table = "таблица " + std::to_string(unfolded.table);
  return unfolded.group == 0 ? table : table + ", группа " + std::to_string(unfolded.group);
}

}  // namespace

int show_status(SchoolNode& node, std::ostream& out) {
  const auto configuration = node.configuration();
  const auto region = node.state().reached();
  node.journal().with_replica([&](sync::Replica& replica) {
    const auto peers = replica.peers();
    const auto copies = replica.copies(configuration.hub_site());
    const auto not_heard = not_heard_text(node, configuration, region);
    out << "школа: " << configuration.enrolment.school_name << "\n"
        << "узел: " << configuration.name << " (" << node.self().id().hex() << ")"
        << went_on_text(node) << "\n"
        << "округ: " << configuration.hub << "\n"
        << "если эта машина сейчас пропадёт, будет потеряно записей: " << lost_text(copies) << "\n"
        << "все в ногу: "
        << (not_heard.empty() ? in_step_text(configuration, peers, region) : not_heard)
        << unprovable_text(copies) << "\n"
        << keys_line(replica) << "сертификат узла: " << certificate_text(node, configuration)
        << "\n"
        << "расхождений: " << journal::review_items(replica.database()).size() << "\n"
        << "замечаний ко времени записей: " << replica.flags().size() << "\n";
    for (const auto& unfolded : replica.unfolded()) {
      out << "хранится, будет показано после обновления программы: " << text_of(unfolded) << "\n";
    }
    for (const auto& path : copies_made(node.folder(), node.state())) {
      out << "копия данных: " << path << "\n";
    }
    journal::name_copies(copies_with_forgotten(node.folder(), node.state(), replica), out);
    for (const auto& site : replica.sites()) {
      const auto id = site.record.keys.id();
      out << site_line(site, configuration, node.state().reached(id), find(peers, id)) << "\n";
    }
    show_sites_story(replica, out);
  });
  return 0;
}

int show_conflicts(SchoolNode& node, std::ostream& out) {
  std::size_t count = 0;
  node.journal().read([&](sync::Database& database) {
    for (const auto& item : journal::review_items(database)) {
      ++count;
      out << journal::name_of(item) << ": " << journal::whereabouts(database, item) << " ("
          << sync::text_of(item.key) << ")\n";
    }
  });
  out << "всего: " << count << "\n";
  return 0;
}

int verify(SchoolNode& node, std::ostream& out) {
  const auto findings = node.journal().with_replica([](sync::Replica& replica) {
    replica.sign_heads(system_time());
    auto faults = replica.verify();
    const auto missing = missing_keys(replica);
    if (missing.any()) faults.push_back(missing.text());
    return faults;
  });
  for (const auto& finding : findings) out << finding << "\n";
  out << (findings.empty() ? "всё сходится" : "не сходится: " + std::to_string(findings.size()))
      << "\n";
  return findings.empty() ? 0 : 1;
}

int sync_now(SchoolNode& node, std::ostream& out) {
  const auto tell = [&](const std::string& line) { out << line << "\n"; };
  node.heal(tell);
  node.certify_where_due(tell);
  if (!node.can_call()) throw std::runtime_error("узел не заверен округом: нужен код (enroll)");
  auto report = node.exchange(*node.hub_client());
  if (node.follow_hub(report, tell) || node.renew_where_due(report, tell)) {
    if (report.end != net::ExchangeReport::End::in_step) report = node.exchange(*node.hub_client());
  }
  out << describe(report) << "\n";
  return report.end == net::ExchangeReport::End::in_step ? 0 : 1;
}

int make_backup(SchoolNode& node, const std::string& folder, std::ostream& out) {
  // What no head covers couldn't be proven where the copy is restored without the site's key.
  node.journal().with_replica([](sync::Replica& replica) { replica.sign_heads(system_time()); });
  const auto backup = back_up(node.folder(), node.state(), folder, system_time());
  out << "резервная копия: " << backup.note.path << "\n";
  for (const auto& name : backup.files) out << "  " << name << "\n";
  return 0;
}

int enroll_again(SchoolNode& node, const EnrollOptions& options, std::ostream& out) {
  node.enroll_again(options.hub, options.token, options.name);
  out << "узел включён в округ\n";
  return 0;
}

sync::Entry console_entry(SchoolNode& node) {
  const auto seen =
      node.journal().with_replica([](sync::Replica& replica) { return replica.seen(); });
  return {{"console", "technical_specialist", sync::rank::kTechnicalSpecialist, "console"},
          system_time(),
          {},
          seen};
}

}  // namespace zimnik::node
