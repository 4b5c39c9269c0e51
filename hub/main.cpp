#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <iostream>

#include "hub/command_line.h"
#include "hub/serve.h"
#include "schema/audit/off_line.h"
#include "schema/audit/prove.h"
#include "sync/web/turn.h"

namespace zimnik::hub {
namespace {

/// Each school has several files open.
void allow_many_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int serve(const DataFolder& folder, const ServeOptions& options) {
  allow_many_files();
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  // Before any thread is started: they all leave the signals to sigwait().
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto hub = web::open_in_turn(
      folder.control_socket(), [&] { return std::make_unique<Hub>(folder); },
      [] { std::cerr << "папка сервера занята другой командой, жду её конца" << std::endl; });
  Log log(std::cerr, options.is_log_json ? Log::Form::json : Log::Form::text);
  const Serving serving(
      *hub, options, [&log](const std::string& line) { log.say(line); },
      [&log](const LogEvent& event) { log.note(event); });
  std::cout << "sync port " << serving.sync_port() << ", web port " << serving.web_port()
            << ", console port " << serving.console_port() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

/// By who serves, or else here.
web::ControlReply command(const DataFolder& folder, const web::ControlCall& call) {
  return web::run_in_turn(folder.control_socket(), call, [&](const web::ControlCall& it) {
    Hub hub(folder);
    return run_command(hub, it);
  });
}

int run(const std::vector<std::string>& arguments) {
  if (const auto checked = journal::run_off_line(arguments)) {
    return web::print(*checked, std::cout, std::cerr);
  }
  const auto parsed = parse(arguments);
  if (parsed.answer) return web::print(*parsed.answer, std::cout, std::cerr);
  if (parsed.alone) {
    parsed.alone(parsed.folder, std::cin, std::cout);
    return 0;
  }
  if (parsed.serve) return serve(parsed.folder, *parsed.serve);
  const auto run = [&](const web::ControlCall& call) { return command(parsed.folder, call); };
  const auto proof = journal::prove_to_file(arguments, run);
  return web::print(proof ? *proof : run({arguments, ""}), std::cout, std::cerr);
}

}  // namespace
}  // namespace zimnik::hub

int main(int count, char** values) {
  ::umask(0077);
  try {
    return zimnik::hub::run({values + 1, values + count});
  } catch (const zimnik::sync::FileIsLocked& error) {
    std::cerr << "zimnik-hub: папка сервера занята другой программой: " << error.what() << "\n";
    return 1;
  } catch (const zimnik::sync::FileIsNewer& error) {
    std::cerr << "zimnik-hub: здесь работала более новая версия программы: " << error.what()
              << "\n";
    return 1;
  } catch (const std::exception& error) {
    std::cerr << "zimnik-hub: " << error.what() << "\n";
    return 1;
  }
}
