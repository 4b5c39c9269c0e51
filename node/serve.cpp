#include "node/serve.h"

#include <csignal>
#include <iostream>
#include <mutex>
#include <optional>

#include "node/commands/commands.h"
#include "node/missing_keys.h"
#include "node/school_node.h"
#include "node/sibling_port.h"
#include "node/sync_agent.h"
#include "node/web/site.h"
#include "node/web/web_certificate.h"
#include "sync/web/turn.h"

namespace zimnik::node {
namespace {

constexpr std::size_t kPageBodyBytes = 1024 * 1024;

/// A line in the service's log. Any thread.
void say(const std::string& text) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::cerr << text << std::endl;
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.0.0.1:") || address.starts_with("[::1]:");
}

net::HttpOptions page_options(const std::string& listen, const Site& site) {
  net::HttpOptions options;
  options.listen = listen;
  options.body_bytes = options.anonymous_body_bytes = kPageBodyBytes;
  options.log = say;
  options.fault = [&site](const net::Request& request) { return site.fault(request); };
  return options;
}

/// The signals that end the process, waited for in one place.
class Ending {
 public:
  Ending() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void wait() {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_;
};

}  // namespace

void serve(const DataFolder& folder, const ServeOptions& options) {
  Ending ending;  // before any thread begins
  const auto opened = web::open_in_turn(
      folder.control_socket(), [&] { return std::make_unique<SchoolNode>(folder, say); },
      [] { say("папка узла занята другой командой, жду её конца"); });
  SchoolNode& node = *opened;
  auto names = own_names();
  names.insert(names.end(), options.names.begin(), options.names.end());
  Site site(node.journal(), node.state(), system_time, names);

  net::HttpServer web(page_options(options.web, site), web_tls(folder, names, system_time()));
  site.add_routes(web);
  std::optional<net::HttpServer> plain;
  if (!options.plain.empty()) {
    if (!is_loopback(options.plain)) {
      throw std::runtime_error(options.plain + ": без шифрования — только на этой машине");
    }
    plain.emplace(page_options(options.plain, site));
    site.add_routes(*plain);
  }
  std::optional<SiblingPort> siblings;
  if (!options.sync.empty()) siblings.emplace(node, options.sync, say);

  web.start();
  if (plain) plain->start();
  if (siblings) {
    node.on_configured([&] { siblings->follow(); });
    siblings->follow();  // it may have changed since
  }
  const web::ControlServer control(folder.control_socket(), [&](const web::ControlCall& call) {
    return run_command(node, call);
  });
  const auto missing = node.journal().with_replica(missing_keys);
  if (missing.any()) say(missing.text());
  const SyncAgent agent(node, say);
  say("журнал: https://" + names.front() + ":" + std::to_string(web.port()) +
      ", отпечаток центра: " + web_fingerprint(folder));
  if (plain) say("на этой машине: http://127.0.0.1:" + std::to_string(plain->port()));
  if (siblings) {
    say("для узлов школы: порт " + std::to_string(siblings->port()) +
        (siblings->port() == 0 ? ", закрыт, пока узел не заверен" : ""));
  }
  ending.wait();
  say("остановка");
}

}  // namespace zimnik::node
