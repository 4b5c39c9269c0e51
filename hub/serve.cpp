#include "hub/serve.h"

#include "hub/migration.h"
#include "hub/sync_port.h"
#include "hub/web/family_site.h"
#include "sync/core/printable.h"
#include "sync/web/control.h"

namespace zimnik::hub {
namespace {

net::HttpOptions web_options(const std::string& address,
                             const std::function<void(const std::string&)>& log) {
  net::HttpOptions options;
  options.listen = address;
  options.body_bytes = options.anonymous_body_bytes = 16 * 1024;
  // Behind a proxy all connections are the proxy's.
  options.connections_of_address = options.connections;
  options.log = log;
  return options;
}

}  // namespace

struct Serving::Parts {
  Parts(Hub& hub, const ServeOptions& options, const std::function<void(const std::string&)>& log)
      : sync(hub, options.sync_address, log),
        site(hub, log),
        web(web_options(options.web_address, log)),
        control(hub.folder().control_socket(),
                [&hub](const web::ControlCall& call) { return run_command(hub, call); }),
        migration(hub, log) {
    site.mount(web);
    web.start();
  }

  SyncPort sync;
  FamilySite site;
  net::HttpServer web;
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

}  // namespace zimnik::hub
