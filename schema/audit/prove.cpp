#include "schema/audit/prove.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <stdexcept>

#include "schema/audit/entry_text.h"
#include "schema/audit/row_name.h"
#include "sync/core/printable.h"
#include "sync/net/private_file.h"

namespace zimnik::journal {

using namespace sync;

namespace {

/// Verifiers of passwords: nobody proves anything by them, and whoever has one can try passwords.
constexpr const char* kSecret = "verifier";

void print_history(Replica& replica, const Table& table, const Key& key, const Group& group,
                   std::ostream& out) {
  const auto items = replica.history(table.name, key, group.name);
  if (items.empty()) return;
  out << table.name << "." << group.name << "\n";
  for (const auto& item : items) {
    const LogId log{item.stamp.site, table.stream};
    out << "  " << origin_text(item.origin, item.stamp.time) << ", "
        << place_text(log, item.stamp.seq) << "\n    " << cell_text(&group, item.op, item.values)
        << " — " << status_text(item.status) << "\n";
  }
}

void print_summary(const RowProof& row, std::ostream& out) {
  std::size_t receipts = 0, stated = 0;
  for (const auto& entry : row.proof.entries) {
    receipts += entry.hub ? 1 : 0;
    stated += entry.stated.empty() ? 0 : 1;
  }
  out << "доказать можно записей: " << row.proof.entries.size()
      << ", из них с квитанцией округа: " << receipts << "\n";
  if (!row.unproven.empty()) {
    out << "нельзя, их узел не заверен или не подписал: " << row.unproven.size() << "\n";
  }
  if (stated > 0) {
    out << "значения лежат под ключом, без него (--with-keys) это слова составителя: " << stated
        << "\n";
  }
  if (!row.proof.keys.empty()) {
    out << "ВНИМАНИЕ: в доказательстве ключи; кто его получит, прочтёт ими и другое\n";
  }
}

}  // namespace

void add_prove_options(CLI::App& command, ProveWish& wish) {
  command.add_option("table", wish.table, "таблица, например mark")->required();
  command.add_option("key", wish.key, "ключ строки; без него — список последних строк");
  command.add_option("--find", wish.words, "из списка только строки с этими словами");
  command.add_option("--group", wish.group, "только эта часть строки");
  command.add_flag("--json", wish.as_file, "само доказательство вместо истории");
  command.add_flag("--with-keys", wish.with_keys,
                   "вложить ключи, под которыми лежат значения: они откроют и другое");
  command.add_option("--out", wish.out, "доказательство в файл; его проверяет verify --proof FILE");
}

void prove(Replica& replica, const ProveWish& wish, Time now, std::ostream& out) {
  const auto& table = table_named(wish.table);
  if (wish.key.empty()) return list_rows(replica.database(), table, wish.words, out);
  const auto key = parse_key(table, wish.key);
  const auto is_meant = [&](const Group& it) {
    return wish.group.empty() || it.name == wish.group;
  };
  if (std::none_of(table.groups.begin(), table.groups.end(), is_meant)) {
    throw std::runtime_error("в таблице " + table.name + " нет части «" + wish.group + "»");
  }
  replica.sign_heads(now);
  const auto row = replica.prove(table.name, key, wish.group, wish.with_keys);
  if (row.proof.entries.empty() && row.unproven.empty()) {
    throw std::runtime_error("таких записей нет: " + table.name + " " + key_text(key));
  }
  const auto is_secret = [](const Group& it) { return it.name == kSecret; };
  if (wish.as_file && std::any_of(table.groups.begin(), table.groups.end(), is_secret)) {
    throw std::runtime_error("в этих записях проверяется пароль: наружу их не отдают");
  }
  if (wish.as_file) {
    if (row.proof.entries.empty()) throw std::runtime_error("эти записи ещё не доказать");
    out << encode_proof(row.proof);
    return;
  }
  const auto title = about(replica.database(), table, key);
  out << table.name << " " << one_line(key_text(key))
      << (title.empty() ? "" : " (" + one_line(title) + ")") << "\n";
  for (const auto& group : table.groups) {
    if (is_meant(group)) print_history(replica, table, key, group, out);
  }
  print_summary(row, out);
}

std::optional<web::ControlReply> prove_to_file(const std::vector<std::string>& arguments,
                                               const web::ControlRun& run) {
  const auto out = std::find(arguments.begin(), arguments.end(), "--out");
  const bool is_prove = std::find(arguments.begin(), arguments.end(), "prove") != arguments.end();
  if (!is_prove || out == arguments.end() || out + 1 == arguments.end()) return std::nullopt;
  const auto path = *(out + 1);
  web::ControlCall call{arguments, ""};
  const auto at = call.arguments.begin() + (out - arguments.begin());
  call.arguments.erase(at, at + 2);
  auto history = run(call);
  if (history.exit_code != 0) return history;
  call.arguments.emplace_back("--json");
  const auto proof = run(call);
  if (proof.exit_code != 0) return proof;
  net::write_private_file(path, proof.output);
  history.output += "доказательство: " + path + "\n";
  return history;
}

}  // namespace zimnik::journal
