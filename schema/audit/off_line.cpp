#include "schema/audit/off_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>

#include "schema/audit/entry_text.h"
#include "schema/audit/row_name.h"
#include "schema/tables.h"
#include "sync/core/attestation.h"
#include "sync/core/limits.h"
#include "sync/core/printable.h"
#include "sync/core/proof.h"
#include "sync/net/certificate.h"
#include "sync/net/key_store.h"
#include "sync/net/limits.h"
#include "sync/net/private_file.h"
#include "sync/store/verify_copy.h"

namespace zimnik::journal {

using namespace sync;

namespace {

PublicKey authority_in(const std::string& path) {
  if (path.empty()) throw std::runtime_error("нужен сертификат округа: --authority FILE");
  try {
    const auto facts = net::read_certificate(net::read_file(path, 2 * net::limits::kPemBytes));
    if (facts.authority) return *facts.authority;
  } catch (const Refused&) {
  }
  throw std::runtime_error(path + ": это не сертификат округа");
}

const char* opened_text(CheckedEntry::Opened opened) {
  switch (opened) {
    case CheckedEntry::Opened::clear:
      return "";
    case CheckedEntry::Opened::by_key:
      return " (открыто вложенным ключом)";
    case CheckedEntry::Opened::stated:
      return " (что лежит под ключом, сказано составителем и НЕ доказано)";
    case CheckedEntry::Opened::none:
      return " (лежит под ключом, которого здесь нет)";
  }
  return "";
}

/// Prints an entry, and which earlier ones of the proof it takes the place of.
void print_entry(const CheckedEntry& entry, std::size_t number, const Table* table,
                 std::map<Hash, std::size_t>& numbers, std::ostream& out) {
  out << number << ". " << place_text(entry.place.log, entry.place.seq) << "\n";
  if (entry.receipt) {
    out << "   округ принял не позже " << second_text(entry.receipt->time) << " (квитанция "
        << entry.receipt->by.hex() << ")\n";
  } else {
    out << "   квитанции округа нет\n";
  }
  // A site signs all of its log anew as it grows, so this may be later than the receipt.
  out << "   подпись узла: под всем его журналом, от " << second_text(entry.head_time) << "\n";
  numbers.emplace(entry.name, number);
  if (!entry.content) {
    out << "   содержание" << opened_text(entry.opened) << "\n";
    return;
  }
  out << "   " << origin_text(entry.content->origin, entry.content->time)
      << opened_text(entry.opened) << "\n";
  for (const auto& cell : std::get<Edit>(entry.content->body).rows.at(0).cells) {
    const auto* group = table == nullptr ? nullptr : table->find(cell.group);
    out << "   " << (group == nullptr ? "часть " + std::to_string(cell.group) : group->name) << ": "
        << cell_text(group, cell.op, cell.values);
    for (const auto& over : cell.over) {
      const auto found = numbers.find(over.leaf);
      out << (found == numbers.end() ? "; вместо записи, которой здесь нет"
                                     : "; вместо " + std::to_string(found->second));
    }
    out << "\n";
  }
}

std::string counted(const char* what, std::uint64_t count) {
  return std::string(what) + ": " + std::to_string(count) + "\n";
}

/// What was compared, and what came of all of it.
Verdict print_verdict(const CopyReport& report, std::ostream& out) {
  if (report.compared) {
    out << (report.all_compared ? "таблицы сравнены с журналом\n"
                                : "таблицы сравнены с журналом, кроме того, что под ключами\n");
  }
  if (!report.findings.empty()) {
    if (report.findings.more() > 0) out << counted("и ещё", report.findings.more());
    out << counted("не сходится", report.findings.count());
    return Verdict::fails;
  }
  if (report.compared) {
    out << "всё сходится\n";
    return Verdict::holds;
  }
  out << "журнал подписан, таблицы НЕ сравнены: в файле сказано, что они версии " << report.schema
      << ", а эта программа знает версию " << journal_schema().version << "\n";
  return Verdict::not_compared;
}

}  // namespace

void add_off_line_options(CLI::App& command, OffLineWish& wish) {
  auto* proof = command.add_option("--proof", wish.proof, "проверить доказательство из файла");
  auto* copy = command.add_option("--copy", wish.copy, "проверить копию базы; она только читается");
  auto* code = command.add_option("--code", wish.code,
                                  "проверить код с документа: что прочитано из QR-кода");
  proof->excludes(copy)->excludes(code);
  copy->excludes(code);
  auto* authority =
      command.add_option("--authority", wish.authority, "сертификат округа: он один и нужен");
  proof->needs(authority);
  copy->needs(authority);
  code->needs(authority);
  command.add_option("--keys", wish.keys, "копия keys.db, чтобы проверить и закрытое")->needs(copy);
}

Verdict check_proof_file(const OffLineWish& wish, std::ostream& out) {
  const auto authority = authority_in(wish.authority);
  Proof proof;
  try {
    proof = decode_proof(net::read_file(wish.proof, limits::kProofBytes));
  } catch (const Refused& error) {
    throw std::runtime_error(wish.proof + ": " + error.what());
  }
  const auto* table = journal_schema().find(proof.table);
  out << "школа " << proof.school.hex() << "\nстрока "
      << (table == nullptr ? "таблицы " + std::to_string(proof.table) : table->name) << " "
      << one_line(key_text(proof.key)) << "\n";
  const auto checked = check_proof(proof, authority);
  std::map<Hash, std::size_t> numbers;
  std::size_t stated = 0;
  for (const auto& entry : checked.entries) {
    print_entry(entry, numbers.size() + 1, table, numbers, out);
    stated += entry.opened == CheckedEntry::Opened::stated ? 1 : 0;
  }
  for (const auto& fault : checked.faults) out << one_line(fault) << "\n";
  if (!checked.faults.empty()) {
    out << counted("не доказано", checked.faults.size());
    return Verdict::fails;
  }
  out << counted("доказано записей", checked.entries.size());
  if (stated > 0)
    out << counted("из них сказано составителем, а не доказано, что под ключом", stated);
  out << "не доказывается, что других записей этой строки нет и что эти не отменены актом\n";
  return Verdict::holds;
}

Verdict check_code(const OffLineWish& wish, std::ostream& out) {
  const auto authority = authority_in(wish.authority);
  Attestation code;
  try {
    code = decode_attestation(wish.code);
  } catch (const Refused& error) {
    throw std::runtime_error(std::string("это не код документа: ") + error.what());
  }
  out << "школа " << code.site.school.hex() << "\nузел " << code.site.keys.id().hex()
      << "\nдокумент " << one_line(code.what) << "\nотпечаток документа " << code.content.hex()
      << "\nсоставлен " << second_text(code.time) << " по часам узла, по первым " << code.size
      << " записям его журнала, корень " << code.root.hex() << "\n";
  if (code.receipt) {
    out << "округ (" << code.receipt->hub.keys.id().hex() << ") принял из них первые "
        << code.receipt->size << " не позже " << second_text(code.receipt->time) << "\n";
  } else {
    out << "квитанции округа нет\n";
  }
  const auto faults = faults_of(code, authority);
  for (const auto& fault : faults) out << fault << "\n";
  out << (faults.empty() ? "подписи держатся; отпечаток сверьте с тем, что внизу каждого листа\n"
                         : "не доказано\n");
  return faults.empty() ? Verdict::holds : Verdict::fails;
}

Verdict check_copy(const OffLineWish& wish, std::ostream& out) {
  const auto authority = authority_in(wish.authority);
  Keyring keys;
  if (!wish.keys.empty()) keys = net::KeyStore(ScratchCopy(wish.keys).path()).keyring();
  const auto report = verify_copy(wish.copy, journal_schema(), authority, keys);
  out << "школа " << report.school.hex() << "\n"
      << counted("записей", report.leaves) << counted("не прочесть без ключей", report.unreadable)
      << counted("узлов, заверенных округом", report.sites)
      << counted("подписей узлов", report.heads) << counted("квитанций округа", report.receipts);
  if (report.uncovered > 0) {
    out << counted("ещё не подписано узлом, и потому не доказано", report.uncovered);
  }
  for (const auto& finding : report.findings.lines()) out << one_line(finding) << "\n";
  return print_verdict(report, out);
}

namespace {

/// `call` has verify among its arguments.
web::ControlReply run(const web::ControlCall& call) {
  const auto& arguments = call.arguments;
  const auto verify = std::find(arguments.begin(), arguments.end(), "verify");
  OffLineWish wish;
  std::string folder;
  CLI::App app("verify", "verify");
  app.add_option("--data", folder)->group("");  // no folder is needed
  add_off_line_options(app, wish);
  std::vector<std::string> reversed(arguments.rbegin(), std::make_reverse_iterator(verify + 1));
  reversed.insert(reversed.end(), std::make_reverse_iterator(verify), arguments.rend());
  std::ostringstream out, errors;
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, out, errors) == 0 ? 0 : 2;
    return {code, out.str(), errors.str()};
  }
  const auto verdict = !wish.code.empty()   ? check_code(wish, out)
                       : !wish.copy.empty() ? check_copy(wish, out)
                                            : check_proof_file(wish, out);
  return {static_cast<int>(verdict), out.str(), ""};
}

}  // namespace

std::optional<web::ControlReply> run_off_line(const std::vector<std::string>& arguments) {
  const auto asks = [](const std::string& it) {
    return it.starts_with("--proof") || it.starts_with("--copy") || it.starts_with("--code");
  };
  const auto verify = std::find(arguments.begin(), arguments.end(), "verify");
  if (verify == arguments.end() || std::none_of(verify, arguments.end(), asks)) return std::nullopt;
  return web::run_guarded(run, {arguments, ""});
}

}  // namespace zimnik::journal
