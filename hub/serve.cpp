#include "hub/serve.h"

#include "hub/console/console.h"
#include "hub/migration.h"
#include "hub/sync_port.h"
#include "hub/watch/watch.h"
#include "hub/web/parents_site.h"
#include "sync/core/printable.h"
#include "sync/web/control.h"

namespace zimnik::hub {
namespace {

net::HttpOptions web_options(const std::string& address,
                             const std::function<void(const std::string&)>& log,
                             Watch::Observer answered) {
  net::HttpOptions options;
  options.answered = std::move(answered);
  options.listen = address;
  options.body_bytes = options.anonymous_body_bytes = 16 * 1024;
  // Behind a proxy all connections are the proxy's.
  options.connections_of_address = options.connections;
  options.log = log;
  return options;
}

/// Null where there is to be none.
std::unique_ptr<net::HttpServer> console_server(const std::string& address,
                                                const std::function<void(const std::string&)>& log,
                                                Watch::Observer answered) {
  if (address.empty()) return nullptr;
  return std::make_unique<net::HttpServer>(web_options(address, log, std::move(answered)));
}

}  // namespace

struct Serving::Parts {
  Parts(Hub& hub, const ServeOptions& options, const std::function<void(const std::string&)>& log)
      : watch(hub),
        sync(hub, options.sync_address, log, watch.exchange_observer()),
        site(hub),
        web(web_options(options.web_address, log, watch.observer("web"))),
        console(console_server(options.console_address, log, watch.observer("console"))),
        control(hub.folder().control_socket(),
                [&hub](const web::ControlCall& call) { return run_command(hub, call); }),
        migration(hub, log) {
    site.mount(web);
    watch.mount_health(web);
    web.start();
    if (console == nullptr) return;
    survey = std::make_unique<Survey>(hub, log);
    console_site = std::make_unique<Console>(hub, *survey);
    console_site->mount(*console);
    watch.mount_metrics(*console);
    watch.mount_health(*console);
    console->start();
  }

  Watch watch;  ///< first: servers tell it of their requests
  SyncPort sync;
  ParentsSite site;
  net::HttpServer web;
  std::unique_ptr<Survey> survey;  ///< with the console alone
  std::unique_ptr<Console> console_site;
  std::unique_ptr<net::HttpServer> console;
  web::ControlServer control;
  Migration migration;
};

Serving::Serving(Hub& hub, const ServeOptions& options, std::function<void(const std::string&)> log)
    : parts_(std::make_unique<Parts>(hub, options, [log = std::move(log)](const std::string& line) {
        log(sync::one_line(line));  // sites name themselves
      })) {}

Serving::~Serving() = default;

int Serving::sync_port() const { return parts_->sync.port(); }
int Serving::web_port() const { return parts_->web.port(); }
int Serving::console_port() const { return parts_->console ? parts_->console->port() : 0; }

}  // namespace zimnik::hub
