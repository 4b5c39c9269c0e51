#include <CLI/CLI.hpp>
#include <sstream>

#include "node/commands/commands.h"
#include "schema/audit/off_line.h"
#include "schema/audit/prove.h"

namespace zimnik::node {
namespace {

/// The first line of what stood on standard input.
std::string first_line(const std::string& input) { return input.substr(0, input.find('\n')); }

std::string role_words() {
  std::string words;
  for (const auto role : journal::kRoles) {
    words += (words.empty() ? "" : ", ") + std::string(journal::word_of(role));
  }
  return words;
}

void add_account_commands(CLI::App& app, const OpenNode& node, const web::ControlCall& call,
                          AccountOptions& options, std::ostream& out, int& code) {
  auto* account = app.add_subcommand("account", "учётные записи");
  account->require_subcommand(1);
  auto* add =
      account->add_subcommand("add", "завести; пароль — первой строкой ввода, иначе придуман");
  add->add_option("login", options.login)->required();
  add->add_option("--name", options.name, "Фамилия Имя Отчество")->required();
  add->add_option("--role", options.role, role_words())->required();
  add->callback([&] {
    options.password = first_line(call.input);
    code = add_account(node(), options, out);
  });
  auto* password = account->add_subcommand("password", "новый пароль");
  password->add_option("login", options.login)->required();
  password->callback([&] {
    options.password = first_line(call.input);
    code = set_password(node(), options, out);
  });
  auto* lock = account->add_subcommand("lock", "закрыть");
  lock->add_option("login", options.login)->required();
  lock->callback([&] { code = lock_account(node(), options.login, true, out); });
  auto* unlock = account->add_subcommand("unlock", "открыть снова");
  unlock->add_option("login", options.login)->required();
  unlock->callback([&] { code = lock_account(node(), options.login, false, out); });
  account->add_subcommand("list", "показать все")->callback([&] {
    code = list_accounts(node(), out);
  });
}

void add_sibling_commands(CLI::App& app, const OpenNode& node, std::string& address,
                          std::string& site, std::ostream& out, int& code) {
  auto* sibling = app.add_subcommand("sibling", "другие узлы школы, обмен с ними напрямую");
  sibling->require_subcommand(1);
  auto* add = sibling->add_subcommand("add", "добавить; узел по этому адресу должен отвечать");
  add->add_option("address", address, "адрес:порт, который назван в serve --sync")->required();
  add->add_option("--site", site, "номер узла (status), если он сейчас не отвечает");
  add->callback([&] { code = add_sibling(node(), address, site, out); });
  auto* remove = sibling->add_subcommand("remove", "убрать");
  remove->add_option("address", address, "как в sibling list")->required();
  remove->callback([&] { code = remove_sibling(node(), address, out); });
  sibling->add_subcommand("list", "показать все")->callback([&] {
    code = list_siblings(node(), out);
  });
}

/// Whichever of the three was named; exactly one.
int write_void(SchoolNode& node, const VoidOptions& options, std::ostream& out) {
  const auto given = !options.account.empty() + !options.site.empty() + !options.act.empty();
  if (given != 1) throw std::runtime_error("нужно одно из трёх: логин, --site или --revoke");
  if (!options.site.empty()) return void_site(node, options, out);
  return options.act.empty() ? void_account(node, options, out) : undo_act(node, options, out);
}

void add_void_command(CLI::App& app, const OpenNode& node, const web::ControlCall& call,
                      VoidOptions& options, std::ostream& out, int& code) {
  auto* command = app.add_subcommand(
      "void",
      "отменить актом записи учётной записи или узла; пароль подписавшего — первой строкой ввода");
  command->add_option("account", options.account, "чьи записи");
  command->add_option("--site", options.site, "узел, номер или его начало: отозвать его");
  command->add_option("--revoke", options.act, "акт, номер или его начало: отменить его");
  command->add_option("--from", options.from,
                      "с какого времени: 2026-11-24T14:05; узла — с какой записи, иначе после "
                      "всего, что здесь");
  command->add_option("--school-from", options.school_from, "узла: то же о закрытом журнале школы");
  command->add_option(
      "--until", options.until,
      "до какого: работа с этого времени снова в силе; иначе отменено и всё дальнейшее");
  command->add_option("--reason", options.reason, "основание")->required();
  command
      ->add_option("--by", options.signer.login,
                   "логин директора; узлы и акты — и технического специалиста")
      ->required();
  command->callback([&] {
    options.signer.password = first_line(call.input);
    code = write_void(node(), options, out);
  });
}

void add_enroll_command(CLI::App& app, const OpenNode& node, const web::ControlCall& call,
                        EnrollOptions& options, std::ostream& out, int& code) {
  auto* command = app.add_subcommand("enroll", "включить в округ узел, восстановленный без ключа");
  command->add_option("--hub", options.hub)->required();
  command->add_option("--token", options.token);
  command->add_option("--name", options.name)->required();
  command->callback([&] {
    if (options.token.empty()) options.token = first_line(call.input);
    code = enroll_again(node(), options, out);
  });
}

void add_forget_command(CLI::App& app, const OpenNode& node, const web::ControlCall& call,
                        ForgetOptions& options, std::ostream& out, int& code) {
  auto* command = app.add_subcommand(
      "forget",
      "уничтожить персональные данные человека навсегда; пароль директора — первой строкой ввода");
  command->add_option("person", options.person, "номер или «Фамилия Имя Отчество»")->required();
  command->add_option("--reason", options.reason, "основание")->required();
  command->add_option("--by", options.signer.login, "логин директора")->required();
  command->callback([&] {
    options.signer.password = first_line(call.input);
    code = forget_person(node(), options, out);
  });
}

void add_acts_command(CLI::App& app, const OpenNode& node, std::string& act, std::ostream& out,
                      int& code) {
  auto* command = app.add_subcommand("acts", "все акты, в силе ли; по номеру — что просмотреть");
  command->add_option("act", act, "номер акта или его начало");
  command->callback([&] { code = show_acts(node(), act, out); });
}

void add_import_command(CLI::App& app, const OpenNode& node, const web::ControlCall& call,
                        ImportOptions& options, int& pupils, std::ostream& out, int& code) {
  auto* command = app.add_subcommand("import", "сведения школы из файла на стандартном вводе");
  command->add_option("--kind", options.kind, "что в файле; обычно pupils, обучающиеся");
  command->add_option("--since", options.since, "с какого дня (ГГГГ-ММ-ДД)");
  command->add_option("--course", options.course, "номер страницы журнала, для КТП");
  command->add_flag("--preview", options.only_look, "только показать, что будет сделано");
  command->add_option("--sample", pupils,
                      "вместо CSV: вымышленная школа с так многими обучающимися");
  command->callback([&] {
    code = pupils > 0 ? import_sample(node(), pupils, out)
                      : import_file(node(), options, call.input, out);
  });
}

}  // namespace

web::ControlReply run_command(const OpenNode& node, const web::ControlCall& call) {
  std::ostringstream out;
  int code = 0, pupils = 0;
  bool anew = false;
  std::string class_name, address, site, folder, act;
  AccountOptions account;
  ImportOptions importing;
  VoidOptions voiding;
  journal::ProveWish wish;
  journal::OffLineWish off_line;
  EnrollOptions enrolling;
  ForgetOptions forgetting;
  CLI::App app("Зимник: узел школы", "zimnik-node");
  app.require_subcommand(1);
  app.add_subcommand("status", "что было бы потеряно сейчас, все ли в ногу")->callback([&] {
    code = show_status(node(), out);
  });
  app.add_subcommand("conflicts", "расхождения")->callback([&] {
    code = show_conflicts(node(), out);
  });
  auto* verifying =
      app.add_subcommand("verify", "проверить журнал по подписям, или то, что в файле");
  verifying->callback([&] { code = verify(node(), out); });
  journal::add_off_line_options(*verifying, off_line);
  auto* proving = app.add_subcommand("prove", "кто и когда писал в строку, с доказательством");
  journal::add_prove_options(*proving, wish);
  proving->callback([&] {
    node().journal().with_replica(
        [&](sync::Replica& replica) { journal::prove(replica, wish, system_time(), out); });
  });
  app.add_subcommand("authority", "сертификат округа: с ним проверяют доказательства и копии")
      ->callback([&] { out << node().configuration().enrolment.authority_pem; });
  app.add_subcommand("sync", "обмен с округом сейчас")->callback([&] {
    code = sync_now(node(), out);
  });
  auto* backup = app.add_subcommand("backup", "резервная копия, без ключа узла");
  backup->add_option("folder", folder, "полный путь, по которому ещё ничего нет")->required();
  backup->callback([&] { code = make_backup(node(), folder, out); });
  auto* codes =
      app.add_subcommand("codes", "коды доступа к дневнику для законных представителей класса");
  codes->add_option("class", class_name, "7А")->required();
  codes->add_flag(
      "--anew", anew,
      "новые и тем, у кого код уже есть: прежний код и открытый по нему дневник закроются");
  codes->callback([&] { code = print_codes(node(), class_name, anew, out); });
  add_account_commands(app, node, call, account, out, code);
  add_sibling_commands(app, node, address, site, out, code);
  add_void_command(app, node, call, voiding, out, code);
  add_enroll_command(app, node, call, enrolling, out, code);
  add_forget_command(app, node, call, forgetting, out, code);
  add_acts_command(app, node, act, out, code);
  add_import_command(app, node, call, importing, pupils, out, code);
  auto arguments = call.arguments;
  const auto is_named = [&](const CLI::App* it) { return it->check_name(arguments.front()); };
  const bool is_command = !arguments.empty() && !arguments.front().starts_with('-');
  if (is_command && std::as_const(app).get_subcommands(is_named).empty()) {
    return {2, "", "нет такой команды: " + arguments.front() + "\n"};
  }
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    std::ostringstream errors;
    const int parsed = app.exit(error, out, errors);
    return {parsed == 0 ? 0 : 2, out.str(), errors.str()};
  }
  return {code, out.str(), ""};
}

}  // namespace zimnik::node
