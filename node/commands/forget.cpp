// A person's data is destroyed, where no period asks for it any more: the act, and what is printed
// of it.
#include <map>

#include "node/backup.h"
#include "node/commands/commands.h"
#include "node/kept_copies.h"
#include "node/web/door.h"
#include "schema/commands/act.h"
#include "schema/deadlines.h"
#include "schema/read/in_words.h"
#include "schema/read/people.h"
#include "schema/retention.h"
#include "schema/tables.h"
#include "sync/store/versions.h"

namespace zimnik::node {
namespace {

std::int64_t person_from(sync::Database& database, const std::string& text) {
  const bool is_number =
      !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos;
  if (is_number) {
    auto found = database.prepare("SELECT 1 FROM person WHERE id = ?");
    const std::int64_t person = std::stoll(text);
    if (found.bind(1, person).step()) return person;
    throw std::runtime_error("человека с номером " + text + " нет");
  }
  std::vector<std::int64_t> named;
  auto all = database.prepare("SELECT id FROM person");
  while (all.step()) {
    const auto person = all.integer(0);
    if (journal::name_of(database, person).full() == text) named.push_back(person);
  }
  if (named.size() == 1) return named.front();
  std::string numbers;
  for (const auto person : named) numbers += " " + std::to_string(person);
  throw std::runtime_error(named.empty() ? "«" + text +
                                               "»: такого человека нет; нужны фамилия, имя и "
                                               "отчество или номер"
                                         : "«" + text + "»: нужен номер, один из:" + numbers);
}

void require_due(sync::Replica& replica, std::int64_t person, journal::Date today) {
  const auto records = journal::records_of(replica, person, today);
  if (records.is_current) {
    throw std::runtime_error(
        "срок хранения ещё не начался: человек учится, работает или "
        "представляет того, кто учится");
  }
  const auto until = journal::kept_until(records);
  if (until && today <= *until) {
    throw std::runtime_error("срок хранения не истёк: до " + until->russian());
  }
}

/// The log's leaves that hold values of one person.
class Extract {
 public:
  explicit Extract(std::int64_t person) : person_(person) {}

  void look_at(const sync::Hash& name, const sync::LeafPlace& place,
               const sync::Transaction* transaction) {
    const auto* edit = transaction ? std::get_if<sync::Edit>(&transaction->body) : nullptr;
    if (edit == nullptr) return;
    bool is_one = false;
    for (const auto& row : edit->rows) {
      for (const auto& cell : row.cells) is_one = note(row, cell) || is_one;
    }
    if (!is_one) return;
    lines_.push_back(name.hex() + "\t" + place.log.site.hex() + "\t" + std::to_string(place.seq) +
                     "\t" + journal::local_time(transaction->time).text());
  }

  void print(std::ostream& out) const {
    out << "Уничтожены значения:\n";
    for (const auto& [what, count] : counts_) out << "  " << what << ": " << count << "\n";
    out << "Выписка из журнала записей (имя записи, узел, номер, дата): " << lines_.size() << "\n";
    for (const auto& line : lines_) out << "  " << line << "\n";
  }

 private:
  /// Whether the cell holds a personal value of the person, erased or not.
  bool note(const sync::RowWrite& row, const sync::CellWrite& cell) {
    const auto* table = journal::journal_schema().find(row.table);
    const auto* group = table ? table->find(cell.group) : nullptr;
    const auto place = journal::place_of(row.table, row.key, cell.group);
    if (group == nullptr || !place || cell.values.size() != group->columns.size()) return false;
    const auto key = sync::key_values(row.key);
    for (std::size_t i = 0; i < cell.values.size(); ++i) {
      if (!std::holds_alternative<sync::Cipher>(cell.values[i])) continue;
      const auto whose = sync::person_of(*table, *group, key, cell.values, i);
      if (whose != sync::Value(person_)) continue;
      ++counts_[journal::name_of(*place)];
      return true;
    }
    return false;
  }

  std::int64_t person_;
  std::map<std::string, std::size_t> counts_;
  std::vector<std::string> lines_;
};

void print_copies(SchoolNode& node, sync::Replica& replica, std::ostream& out) {
  const auto copies = copies_with_forgotten(node.folder(), node.state(), replica);
  out << "Копии этого узла, где данные ещё есть: " << copies.size() << "\n";
  for (const auto& copy : copies) out << "  " << copy << "\n";
  if (!copies.empty()) out << "  их нужно уничтожить; после восстановления акт применится снова\n";
}

void close_sessions(SchoolNode& node, std::int64_t person) {
  const auto accounts =
      node.journal().read([](sync::Database& database) { return journal::accounts(database); });
  for (const auto& account : accounts) {
    if (account.person == person) node.state().close_sessions_of(account.login);
  }
}

}  // namespace

int forget_person(SchoolNode& node, const ForgetOptions& options, std::ostream& out) {
  const auto entry = signed_entry(node, options.signer, {journal::Role::principal});
  std::int64_t person = 0;
  sync::Hash name;
  node.journal().write([&](sync::Replica& replica) {
    person = person_from(replica.database(), options.person);
    require_due(replica, person, day_of(entry.time));
    name = journal::write_act(replica, entry, sync::Forget{person}, options.reason);
  });
  close_sessions(node, person);
  auto school = node.journal().lock();
  node.heed_acts(school);
  Extract extract(person);
  school.replica.for_each_leaf(
      [&](std::uint64_t, const sync::Hash& leaf, const sync::LeafPlace& place,
          const sync::Transaction* transaction) { extract.look_at(leaf, place, transaction); });
  out << "АКТ об уничтожении персональных данных\n"
      << "Номер: " << name.hex() << "\n"
      << "Когда: " << journal::local_time(entry.time).text() << "\n"
      << "Кто: " << entry.origin.author << " (директор), узел " << node.self().id().hex() << "\n"
      << "Чьи: человек с номером " << person << "\n"
      << "Основание: " << options.reason << "\n"
      << "Способ: уничтожены ключи, под которыми лежат значения; таблицы, свободные места файлов и "
         "очередь ключей очищены\n";
  extract.print(out);
  remove_unfinished_backups(node.state());
  print_copies(node, school.replica, out);
  out << "Остальные узлы и округ сделают то же, как только акт к ним придёт\n";
  if (!school.replica.scrub()) {
    out << "свободные места файла журнала сейчас заняты читателями: будут очищены при обмене\n";
  }
  return 0;
}

}  // namespace zimnik::node
