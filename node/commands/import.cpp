// Files that are brought in at the machine itself, and the made-up school.
#include "node/commands/commands.h"
#include "node/file_import.h"
#include "node/web/door.h"
#include "schema/sample/sample_school.h"
#include "sync/web/password.h"

namespace zimnik::node {

namespace {

using journal::Effect;

const journal::ImportKind& kind_named(const std::string& code) {
  if (const auto* kind = journal::import_kind(code)) return *kind;
  std::string codes;
  for (const auto& kind : journal::import_kinds()) codes += std::string(" ") + kind.code;
  throw std::runtime_error("вид файла «" + code + "» неизвестен; есть:" + codes);
}

journal::ImportOptions options_from(const ImportOptions& asked) {
  journal::ImportOptions options;
  options.today = day_of(system_time());
  options.year = options.today.school_year();
  options.course = asked.course;
  options.role = journal::Role::technical_specialist;
  if (asked.since.empty()) return options;
  options.since = journal::Date::parse(asked.since);
  if (!options.since) throw std::runtime_error("--since: нужна дата ГГГГ-ММ-ДД");
  return options;
}

void print_plan(const journal::Plan& plan, std::ostream& out) {
  for (const auto& fault : plan.faults) out << fault.text() << "\n";
  out << "новых: " << plan.count(Effect::added) << ", изменённых: " << plan.count(Effect::changed)
      << ", убранных: " << plan.count(Effect::removed) << ", прежних: " << plan.count(Effect::same)
      << ", с ошибками: " << plan.faults.size() << "\n";
}

}  // namespace

int import_file(SchoolNode& node, const ImportOptions& asked, const std::string& bytes,
                std::ostream& out) {
  FileImport import(kind_named(asked.kind), bytes, options_from(asked));
  const auto plan = import.look(node.journal());
  print_plan(plan, out);
  if (!plan.faults.empty()) {
    out << "ничего не внесено\n";
    return 1;
  }
  if (asked.only_look || plan.changes_nothing()) return 0;
  import.prepare(node.journal(), plan.digest());
  const auto entry = console_entry(node);
  node.journal().write([&](sync::Replica& replica) {
    replica.write(entry, [&](sync::Command& command) { import.write(command); });
  });
  out << "внесено\n";
  return 0;
}

int import_sample(SchoolNode& node, int pupils, std::ostream& out) {
  auto options = journal::sample::options_as_of(day_of(system_time()));
  options.pupils = pupils;
  // One password for all, checked once: the school is made up.
  const std::string password = "zimnik-sample";
  const auto verifier = web::password_verifier(password);
  options.verifier = [&](const std::string&) { return verifier; };
  const journal::sample::SampleSchool school(options);
  node.journal().make_person_keys(school.people());
  node.journal().write([&](sync::Replica& replica) { journal::sample::fill(replica, school); });
  for (const auto& person : school.staff()) {
    out << person.login << "\t" << journal::word_of(person.role) << "\t" << person.name << "\n";
  }
  out << "пароль у всех: " << password << "\n";
  return 0;
}

}  // namespace zimnik::node
