// What is told of a node: in one line each, what would be lost now, and who is in step.
#include "node/commands/commands.h"
#include "node/sync_agent.h"
#include "node/web/moment.h"
#include "node/web/reached.h"
#include "schema/read/courses.h"
#include "schema/read/people.h"
#include "schema/read/review.h"

namespace zimnik::node {

int show_status(SchoolNode& node, std::ostream& out) {
  const auto reached = reached_json(node.journal(), node.state());
  const auto unsent = reached.at("unsent").get<std::uint64_t>();
  const sync::Time at{reached.at("reached_at").get<std::int64_t>()};
  const auto& configuration = node.configuration();
  out << "школа: " << configuration.enrolment.school_name << "\n"
      << "узел: " << configuration.name << " (" << node.self().id().hex() << ")\n"
      << "округ: " << configuration.hub << "\n"
      << "если эта машина сейчас пропадёт, будет потеряно записей: " << unsent << "\n"
      << "все в ногу: "
      << (unsent > 0   ? "нет"
          : at.ms == 0 ? "неизвестно, обмена ещё не было"
                       : "да")
      << (at.ms == 0 ? "" : ", последний полный обмен " + moment_text(at)) << "\n";
  node.journal().with_replica([&](sync::Replica& replica) {
    out << "расхождений: " << journal::review_items(replica.database()).size() << "\n"
        << "замечаний ко времени записей: " << replica.flags().size() << "\n";
    for (const auto& site : replica.sites()) {
      const auto kind = site.record.kind == sync::SiteKind::hub ? "округ" : "узел";
      out << kind << " " << site.record.keys.id().hex() << (site.revoked ? ", отозван" : "")
          << (site.record.signature.is_zero() ? ", не заверен" : "") << "\n";
    }
  });
  return 0;
}

int show_conflicts(SchoolNode& node, std::ostream& out) {
  std::size_t count = 0;
  node.journal().read([&](sync::Database& database) {
    for (const auto& item : journal::review_items(database)) {
      ++count;
      out << item.table << (item.group.empty() ? "" : "." + item.group);
      if (item.lesson) {
        const auto course = journal::course_title(database, item.lesson->course);
        out << ": " << (course ? course->text() : "?") << ", " << item.lesson->date.russian()
            << " №" << item.lesson->number;
      }
      if (item.pupil) out << ", " << journal::name_of(database, *item.pupil).plain();
      out << " (" << sync::text_of(item.key) << ")\n";
    }
  });
  out << "всего: " << count << "\n";
  return 0;
}

int verify(SchoolNode& node, std::ostream& out) {
  const auto findings = node.journal().with_replica([](sync::Replica& replica) {
    replica.sign_heads(system_time());
    return replica.verify();
  });
  for (const auto& finding : findings) out << finding << "\n";
  out << (findings.empty() ? "всё сходится" : "не сходится: " + std::to_string(findings.size()))
      << "\n";
  return findings.empty() ? 0 : 1;
}

int sync_now(SchoolNode& node, std::ostream& out) {
  const auto client = node.hub_client();
  const auto report = node.exchange_with_hub(*client);
  out << describe(report) << "\n";
  return report.end == net::ExchangeReport::End::in_step ? 0 : 1;
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
