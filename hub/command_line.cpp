#include "hub/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <regex>
#include <sstream>

#include "hub/api/commands.h"
#include "hub/backup.h"
#include "hub/commands.h"
#include "hub/delivery/mail_commands.h"
#include "hub/kept_copies.h"
#include "hub/restore.h"
#include "schema/audit/off_line.h"
#include "sync/core/limits.h"

namespace zimnik::hub {
namespace {

std::string first_line(std::istream& in) {
  std::string line;
  std::getline(in, line);
  return line;
}

/// What is wrong with the number of an entry; empty where nothing is.
std::string fault_of_entry(const std::string& text) {
  const bool is_number = !text.empty() && text.size() <= 13 &&
                         text.find_first_not_of("0123456789") == std::string::npos;
  if (is_number && std::stoull(text) >= 1 && std::stoull(text) <= sync::limits::kSeq) return "";
  return "«" + text + "» — не номер записи: они считаются с 1";
}

/// What is wrong with an address as nodes are told it; empty where nothing is.
std::string fault_of_address(const std::string& text) {
  static const std::regex kAddress(R"(([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5})");
  if (text.size() <= 255 && std::regex_match(text, kAddress)) return "";
  return "«" + text + "» — не адрес: нужны имя и порт, например hub.example:8441";
}

/// The parser, and where it puts what it reads.
class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--data", parsed_.folder.path, "папка данных")->capture_default_str();
    add_init();
    add_school_commands();
    add_token();
    add_tokens();
    add_serve();
    add_status();
    add_revoke();
    add_verify();
    add_prove();
    app_.add_subcommand("authority", "сертификат округа: с ним проверяют доказательства и копии")
        ->callback([this] {
          parsed_.command = [](Hub& hub, std::ostream& out, std::ostream&) {
            print_authority(hub, out);
          };
        });
    add_backup();
    add_acts();
    add_restore();
    add_mail();
    add_operators();
    add_audit();
    add_api_commands(app_, [this](Command command) { parsed_.command = std::move(command); });
  }

  Parsed parse(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_.parse(arguments);
    } catch (const CLI::ParseError& error) {
      std::ostringstream output, errors;
      const int code = app_.exit(error, output, errors);
      parsed_.answer = {code == 0 ? 0 : 2, output.str(), errors.str()};
    }
    return parsed_;
  }

 private:
  void add_init() {
    auto* init = app_.add_subcommand("init", "завести регион: удостоверяющий центр и ключи");
    init->add_option("--region", region_, "название региона")->required();
    init->callback([this] {
      parsed_.alone = [region = region_](const DataFolder& folder, std::istream&,
                                         std::ostream& out) { make_hub(folder, region, out); };
    });
  }
  void add_school_commands() {
    auto* school = app_.add_subcommand("school", "школы региона");
    school->require_subcommand(1);
    auto* add = school->add_subcommand("add", "добавить; печатает её номер");
    add->add_option("NAME", name_, "название по документам")->required();
    add->add_option("--id", id_, "номер школы, которую заводили после копии: он есть у её узлов");
    add->callback([this] {
      parsed_.command = [name = name_, id = id_](Hub& hub, std::ostream& out, std::ostream&) {
        id.empty() ? add_school(hub, name, out) : add_lost_school(hub, name, id, out);
      };
    });
    school->add_subcommand("list", "номера и названия всех")->callback([this] {
      parsed_.command = [](Hub& hub, std::ostream& out, std::ostream&) { list_schools(hub, out); };
    });
  }
  void add_token() {
    auto* token =
        app_.add_subcommand("token", "одноразовый ключ, по которому подключится один узел");
    token->add_option("SCHOOL", wish_.school, "номер или название")->required();
    token->add_option("--name", wish_.site_name, "как узел называется");
    token->add_option("--kind", wish_.kind, "node или laptop")
        ->transform(CLI::CheckedTransformer(std::map<std::string, sync::SiteKind>{
            {"node", sync::SiteKind::node}, {"laptop", sync::SiteKind::laptop}}));
    token->add_option("--hours", wish_.hours, "сколько часов действует")->capture_default_str();
    token->callback([this] {
      parsed_.command = [wish = wish_](Hub& hub, std::ostream& out, std::ostream& errors) {
        make_token(hub, wish, out, errors);
      };
    });
  }
  void add_tokens() {
    auto* tokens = app_.add_subcommand("tokens", "ключи, которые ещё никто не использовал");
    tokens->add_option("SCHOOL", school_, "номер или название")->required();
    auto* confirm = tokens->add_option("--confirm", confirmed_, "подтвердить: номер или начало");
    tokens->add_option("--cancel", cancelled_, "отменить: номер или начало")->excludes(confirm);
    tokens->callback([this] {
      parsed_.command = [school = school_, confirmed = confirmed_, cancelled = cancelled_](
                            Hub& hub, std::ostream& out, std::ostream&) {
        if (!confirmed.empty()) confirm_token(hub, kCommandLine, school, confirmed);
        if (!cancelled.empty()) cancel_token(hub, kCommandLine, school, cancelled);
        list_tokens(hub, school, out);
      };
    });
  }
  void add_serve() {
    auto* serve = app_.add_subcommand("serve", "работать: школы и родители, до сигнала");
    serve->add_option("--sync", serve_.sync_address, "куда звонят узлы школ")
        ->capture_default_str();
    serve->add_option("--web", serve_.web_address, "страницы родителей, за nginx")
        ->capture_default_str();
    serve
        ->add_option("--console", serve_.console_address,
                     "страницы операторов и метрики, за nginx; пусто — без них")
        ->capture_default_str();
    serve->add_option("--log", serve_.is_log_json, "text, или json: объект JSON в строке")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, bool>{{"text", false}, {"json", true}}));
    serve
        ->add_option("--advertise", serve_.advertised_address,
                     "по какому адресу узлы школ звонят сюда, имя:порт; стоит на странице ключа")
        ->check(fault_of_address);
    serve->callback([this] { parsed_.serve = serve_; });
  }
  void add_status() {
    app_.add_subcommand("status", "строка о каждой школе")->callback([this] {
      parsed_.command = [](Hub& hub, std::ostream& out, std::ostream&) { print_status(hub, out); };
    });
  }
  void add_verify() {
    auto* verify =
        app_.add_subcommand("verify", "проверить школу по подписям, или то, что в файле");
    auto* school = verify->add_option("SCHOOL", school_, "номер или название");
    verify->add_flag("--all", all_, "все школы")->excludes(school);
    journal::add_off_line_options(*verify, off_line_);
    verify->callback([this] {
      if (school_.empty() && !all_) throw CLI::RequiredError("SCHOOL или --all");
      parsed_.command = [school = school_](Hub& hub, std::ostream& out, std::ostream&) {
        hub::verify(hub, school, out);
      };
    });
  }
  void add_prove() {
    auto* prove = app_.add_subcommand("prove", "кто и когда писал в строку, с доказательством");
    prove->add_option("SCHOOL", school_, "номер или название")->required();
    journal::add_prove_options(*prove, prove_);
    prove->callback([this] {
      parsed_.command = [school = school_, wish = prove_](Hub& hub, std::ostream& out,
                                                          std::ostream&) {
        hub::prove(hub, school, wish, out);
      };
    });
  }
  void add_revoke() {
    auto* command = app_.add_subcommand(
        "revoke", "отозвать узел: его записи больше не действуют, связь закрыта; или отменить акт");
    command->add_option("SCHOOL", revocation_.school, "номер или название")->required();
    command->add_option("SITE", revocation_.site, "номер узла или его начало");
    command->add_option("--undo", revocation_.undo, "вместо узла: какой акт отменить (см. acts)");
    command
        ->add_option("--from", revocation_.from,
                     "с какой записи общего журнала узла; иначе после всего, что здесь")
        ->check(fault_of_entry);
    command->add_option("--school-from", revocation_.school_from, "то же о закрытом журнале школы")
        ->check(fault_of_entry);
    command->add_option("--reason", revocation_.reason, "основание")->required();
    command->callback([this] {
      parsed_.command = [revocation = revocation_](Hub& hub, std::ostream& out, std::ostream&) {
        revoke(hub, revocation, out);
      };
    });
  }
  void add_acts() {
    auto* acts = app_.add_subcommand("acts", "акты школы, в силе ли; по номеру — что просмотреть");
    acts->add_option("SCHOOL", name_, "номер или название")->required();
    acts->add_option("ACT", act_, "номер акта или его начало");
    acts->callback([this] {
      parsed_.command = [school = name_, act = act_](Hub& hub, std::ostream& out, std::ostream&) {
        print_acts(hub, school, act, out);
      };
    });
  }
  void add_backup() {
    auto* backup = app_.add_subcommand("backup", "резервная копия; сервер может работать");
    auto* folder =
        backup->add_option("FOLDER", target_, "новая папка, полный путь: всё, кроме ключей");
    auto* authority = backup->add_option(
        "--authority", authority_,
        "вместо этого удостоверяющий центр в новый файл; парольная фраза — первой строкой ввода");
    auto* gone = backup->add_flag(
        "--gone", gone_,
        "вместо этого: копий, которых нет на месте, нет больше нигде (см. status)");
    folder->excludes(authority)->excludes(gone);
    authority->excludes(gone);
    backup->callback([this] {
      if (target_.empty() && authority_.empty() && !gone_) {
        throw CLI::RequiredError("FOLDER, --authority, --gone");
      }
      if (gone_) {
        parsed_.command = [](Hub& hub, std::ostream& out, std::ostream&) {
          noted(hub, {kCommandLine, "backup.gone"}, [&] { note_copies_gone(hub, out); });
        };
        return;
      }
      if (authority_.empty()) {
        parsed_.command = [target = target_](Hub& hub, std::ostream& out, std::ostream&) {
          noted(hub, {kCommandLine, "backup", {}, target}, [&] { back_up(hub, target, out); });
        };
        return;
      }
      parsed_.alone = [target = authority_](const DataFolder& data, std::istream& in,
                                            std::ostream& out) {
        back_up_authority(data, target, first_line(in), out);
      };
    });
  }

  void add_restore() {
    auto* command = app_.add_subcommand("restore", "сделать сервер региона из копии, новым узлом");
    command->add_option("FOLDER", restore_.backup, "что сделал backup")->required();
    command
        ->add_option("--authority", restore_.authority,
                     "что сделал backup --authority; парольная фраза — первой строкой ввода")
        ->required();
    command->add_option("--revocations", restore_.revocations,
                        "файл revocations из папки данных, каким он был после последнего revoke");
    command->callback([this] {
      parsed_.alone = [wish = restore_](const DataFolder& data, std::istream& in,
                                        std::ostream& out) {
        restore(data, wish, first_line(in), system_time(), out);
      };
    });
    auto* accept = app_.add_subcommand(
        "accept", "открыть восстановленные школы, не дожидаясь узлов, которых ещё не слышно");
    accept->add_option("SCHOOL", names_, "номера или названия")->required();
    accept->callback([this] {
      parsed_.command = [names = names_](Hub& hub, std::ostream& out, std::ostream&) {
        accept_schools(hub, names, out);
      };
    });
  }

  void add_mail() {
    auto* mail = app_.add_subcommand(
        "mail", "письма родителям: сколько ждёт, что не ушло, что под сомнением");
    mail->add_option("--test", mail_address_, "вместо этого письмо на этот адрес, сразу");
    mail->callback([this] {
      parsed_.command = [address = mail_address_](Hub& hub, std::ostream& out, std::ostream&) {
        address.empty() ? print_mail(hub, out) : send_trial_mail(hub, address, out);
      };
    });
  }

  void add_operators() {
    auto* operators = app_.add_subcommand("operator", "кто работает в консоли");
    operators->require_subcommand(1);
    auto* add =
        operators->add_subcommand("add", "завести; печатает код, с которым выбирают пароль");
    add->add_option("LOGIN", operator_.login, "логин")->required();
    add->add_option("--role", operator_.role, "administrator, support или authority")
        ->required()
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, OperatorRole>{{"administrator", OperatorRole::administrator},
                                                {"support", OperatorRole::support},
                                                {"authority", OperatorRole::authority}}));
    add->add_option("--schools", operator_.schools, "школы органа управления образованием");
    add->callback([this] {
      parsed_.command = [wish = operator_](Hub& hub, std::ostream& out, std::ostream&) {
        hub::add_operator(hub, wish, out);
      };
    });
    auto* code = operators->add_subcommand("code", "новый код тому, кто забыл пароль");
    code->add_option("LOGIN", operator_.login, "логин")->required();
    code->callback([this] {
      parsed_.command = [login = operator_.login](Hub& hub, std::ostream& out, std::ostream&) {
        renew_operator(hub, login, out);
      };
    });
    for (const bool is_locked : {true, false}) {
      auto* lock = operators->add_subcommand(is_locked ? "lock" : "unlock",
                                             is_locked ? "закрыть вход" : "снова открыть вход");
      lock->add_option("LOGIN", operator_.login, "логин")->required();
      lock->callback([this, is_locked] {
        parsed_.command = [login = operator_.login, is_locked](Hub& hub, std::ostream& out,
                                                               std::ostream&) {
          hub::lock_operator(hub, login, is_locked, out);
        };
      });
    }
    operators->add_subcommand("list", "логины, роли и школы")->callback([this] {
      parsed_.command = [](Hub& hub, std::ostream& out, std::ostream&) {
        list_operators(hub, out);
      };
    });
  }
  void add_audit() {
    auto* audit = app_.add_subcommand("audit", "что делали операторы, новое сверху");
    auto* verify = audit->add_flag("--verify", verify_, "проверить весь журнал действий");
    audit->add_option("--school", school_, "только об этой школе")->excludes(verify);
    audit->add_option("--last", last_, "сколько записей")->check(CLI::Range(1, 1'000'000));
    audit->callback([this] {
      parsed_.command = [is_verify = verify_, school = school_, last = last_](
                            Hub& hub, std::ostream& out, std::ostream&) {
        is_verify ? verify_audit(hub, out) : print_audit(hub, school, last, out);
      };
    });
  }

  CLI::App app_{"Зимник: сервер региона", "zimnik-hub"};
  Parsed parsed_{{"/var/lib/zimnik-hub"}, {}, {}, {}, {}};
  ServeOptions serve_{"[::]:8443", "127.0.0.1:8080", "127.0.0.1:8081"};
  std::string school_;
  journal::ProveWish prove_;
  journal::OffLineWish off_line_;
  bool all_ = false, gone_ = false, verify_ = false;
  int last_ = 100;
  OperatorWish operator_;
  std::string region_, name_, id_, target_, authority_, act_;
  std::string mail_address_;
  std::vector<std::string> names_;
  RestoreWish restore_;
  TokenWish wish_;
  std::string confirmed_, cancelled_;
  Revocation revocation_;
};

}  // namespace

Parsed parse(std::vector<std::string> arguments) {
  return CommandLine().parse(std::move(arguments));
}

web::ControlReply run_command(Hub& hub, const web::ControlCall& call) {
  const auto parsed = parse(call.arguments);
  if (parsed.answer) return *parsed.answer;
  if (!parsed.command) return {1, "", "сервер уже работает\n"};
  std::ostringstream out, errors;
  try {
    parsed.command(hub, out, errors);
  } catch (const DoesNotHold& error) {
    return {1, out.str(), errors.str() + error.what() + "\n"};
  }
  return {0, out.str(), errors.str()};
}

}  // namespace zimnik::hub
