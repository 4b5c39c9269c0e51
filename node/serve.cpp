#include "node/serve.h"

#include <csignal>
#include <iostream>
#include <mutex>
#include <optional>

#include "node/commands/commands.h"
#include "node/school_node.h"
#include "node/sync_agent.h"
#include "node/web/reached.h"
#include "node/web/site.h"
#include "node/web/web_certificate.h"
#include "sync/net/exchange_service.h"
#include "sync/net/tls.h"
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

std::unique_ptr<net::HttpServer> sibling_server(SchoolNode& node, const std::string& listen,
                                                net::ExchangeService& service) {
  const auto enrolment = node.configuration().enrolment;
  net::HttpOptions options;
  options.listen = listen;
  options.body_bytes = net::limits::kEnvelopeBytes;
  options.anonymous_body_bytes = 0;
  options.log = say;
  net::TlsOptions tls{enrolment.certificate_pem + enrolment.authority_pem,
                      node.self().encryption().pem(), enrolment.authority_pem};
  tls.check_dates = false;  // a school's clock may be years off
  auto server = std::make_unique<net::HttpServer>(options, tls);
  service.mount(*server);
  return server;
}

/// What the other nodes of the school ask for.
net::ExchangeServing serving_of(SchoolNode& node) {
  net::ExchangeServing serving;
  serving.open = [&node, school = node.configuration().school()](
                     const sync::SchoolId& asked) -> std::optional<net::LockedSchool> {
    if (asked != school) {
      say("узлу другой школы отказано: " + asked.hex());
      return std::nullopt;
    }
    return node.journal().lock();
  };
  serving.now = system_time;
  serving.taken = [&node](const net::PeerIdentity& peer, net::LockedSchool& locked,
                          const sync::Received& received) {
    node.hand_out_keys(locked);
    if (!received.in_step) return;
    node.state().set_reached({leaves_held(locked.replica), system_time()}, peer.site);
  };
  serving.fault = [](const net::PeerIdentity& peer, const std::string& fault) {
    say("узел " + peer.site.hex() + ": " + fault);
  };
  return serving;
}

}  // namespace

void serve(const DataFolder& folder, const ServeOptions& options) {
  Ending ending;  // before any thread begins
  const auto opened = web::open_in_turn(
      folder.control_socket(), [&] { return std::make_unique<SchoolNode>(folder, say); },
      [] { say("папка узла занята другой командой, жду её конца"); });
  SchoolNode& node = *opened;
  Site site(node.journal(), node.state(), system_time);
  auto names = own_names();
  names.insert(names.end(), options.names.begin(), options.names.end());

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
  net::ExchangeService service(node.self(), serving_of(node));
  std::unique_ptr<net::HttpServer> siblings;
  if (!options.sync.empty()) siblings = sibling_server(node, options.sync, service);

  web.start();
  if (plain) plain->start();
  if (siblings) siblings->start();
  const web::ControlServer control(folder.control_socket(), [&](const web::ControlCall& call) {
    return run_command(node, call);
  });
  const SyncAgent agent(node, say);
  say("журнал: https://" + names.front() + ":" + std::to_string(web.port()) +
      ", отпечаток центра: " + web_fingerprint(folder));
  if (plain) say("на этой машине: http://127.0.0.1:" + std::to_string(plain->port()));
  if (siblings) say("для узлов школы: порт " + std::to_string(siblings->port()));
  ending.wait();
  say("остановка");
}

}  // namespace zimnik::node
