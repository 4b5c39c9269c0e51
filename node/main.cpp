#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <iterator>

#include "node/commands/commands.h"
#include "node/restore.h"
#include "node/serve.h"
#include "schema/audit/off_line.h"
#include "schema/audit/prove.h"
#include "sync/web/turn.h"

using namespace zimnik;

namespace {

constexpr const char* kFolder = "/var/lib/zimnik-node";

std::string standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

/// Commands that read their input: others must not wait for a terminal's.
bool wants_input(const std::vector<std::string>& arguments) {
  const auto has = [&](const char* word) {
    return std::find(arguments.begin(), arguments.end(), word) != arguments.end();
  };
  if (has("--help") || has("-h") || has("--sample")) return false;
  return has("import") || has("void") || has("forget") ||
         (has("account") && (has("add") || has("password")));
}

/// By the daemon where one is at work, else here.
web::ControlReply ask(const node::DataFolder& folder, const web::ControlCall& call) {
  return web::run_in_turn(folder.control_socket(), call, [&](const web::ControlCall& it) {
    std::unique_ptr<node::SchoolNode> opened;
    std::exception_ptr fault;  // of the folder, not of the command
    const auto open = [&]() -> node::SchoolNode& {
      if (opened) return *opened;
      try {
        opened = std::make_unique<node::SchoolNode>(
            folder, [](const auto& line) { std::cerr << line << std::endl; });
      } catch (...) {
        fault = std::current_exception();
        throw;
      }
      return *opened;
    };
    auto reply =
        web::run_guarded([&](const auto& inner) { return node::run_command(open, inner); }, it);
    if (fault) std::rethrow_exception(fault);
    return reply;
  });
}

int run_or_ask(const node::DataFolder& folder, const std::vector<std::string>& arguments) {
  if (const auto checked = journal::run_off_line(arguments)) {
    return web::print(*checked, std::cout, std::cerr);
  }
  const auto run = [&](const web::ControlCall& call) { return ask(folder, call); };
  auto reply = journal::prove_to_file(arguments, run);
  if (!reply) reply = run({arguments, wants_input(arguments) ? standard_input() : ""});
  return web::print(*reply, std::cout, std::cerr);
}

int restore_node(const node::DataFolder& folder, const std::string& backup) {
  const auto restored = node::restore(folder, backup, node::system_time());
  std::cout << "копия " << backup << " на своём месте\n";
  if (!restored.set_aside.empty()) std::cout << "прежние файлы: " << restored.set_aside << "\n";
  std::cout << (restored.has_key
                    ? "запустите узел: дальше он справится сам\n"
                    : "ключа узла здесь нет: запустите узел и включите его в округ снова, "
                      "zimnik-node enroll, кодом от оператора\n");
  return 0;
}

int run(int count, char** words) {
  node::DataFolder folder{kFolder};
  node::ServeOptions serving;
  std::string hub, token, name, backup;
  CLI::App app(
      "Зимник: узел школы\n\nДругие команды: status, conflicts, verify, prove, sync, "
      "sibling, backup, account, codes, import, void, acts, forget, authority");
  app.add_option("--data", folder.path, "папка узла")->capture_default_str();
  app.require_subcommand(0, 1);
  app.allow_extras();
  app.prefix_command();
  auto* init = app.add_subcommand("init", "новый узел: папка и ключи");
  auto* enroll = app.add_subcommand("enroll", "включить узел в округ");
  enroll->add_option("--hub", hub, "https://адрес:порт")->required();
  enroll->add_option("--token", token,
                     "одноразовый код от оператора; иначе — первой строкой ввода");
  enroll->add_option("--name", name, "название узла для людей")->required();
  auto* restore = app.add_subcommand(
      "restore", "вернуть узел из резервной копии; прежние файлы останутся рядом");
  restore->add_option("folder", backup, "папка, которую сделал backup")->required();
  auto* serve = app.add_subcommand("serve", "работать");
  serve->add_option("--web", serving.web, "HTTPS для браузеров")->capture_default_str();
  serve->add_option("--plain", serving.plain, "HTTP только на этой машине, 127.0.0.1:порт");
  serve->add_option("--sync", serving.sync, "обмен с другими узлами школы, адрес:порт");
  serve->add_option("--host", serving.names, "имя или адрес, по которому открывают журнал");
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (init->parsed()) {
    node::make_site(folder);
    std::cout << "узел создан: " << folder.path << "\n";
    return 0;
  }
  if (enroll->parsed()) {
    if (token.empty()) {
      if (::isatty(STDIN_FILENO)) std::cerr << "код от оператора: " << std::flush;
      std::getline(std::cin, token);
    }
    // One that was restored without its key is at work already.
    if (node::Configuration::load(folder)) {
      return run_or_ask(folder, {"enroll", "--hub", hub, "--token", token, "--name", name});
    }
    node::enroll(folder, hub, token, name);
    std::cout << "узел включён в округ\n";
    return 0;
  }
  if (restore->parsed()) return restore_node(folder, backup);
  if (serve->parsed()) {
    node::serve(folder, serving);
    return 0;
  }
  if (app.remaining().empty()) {
    std::cout << app.help();
    return 2;
  }
  return run_or_ask(folder, app.remaining());
}

}  // namespace

int main(int count, char** words) {
  ::umask(0077);
  try {
    return run(count, words);
  } catch (const sync::FileIsLocked& error) {
    std::cerr << "zimnik-node: папка узла занята другой программой: " << error.what() << "\n";
    return 1;
  } catch (const sync::FileIsNewer& error) {
    std::cerr << "zimnik-node: здесь работала более новая версия программы: " << error.what()
              << "\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "zimnik-node: " << error.what() << "\n";
    return 1;
  }
}
