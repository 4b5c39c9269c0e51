#include "hub/serve.h"

#include "hub/delivery/delivery.h"
#include "hub/delivery/settings.h"
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

std::unique_ptr<Delivery> delivery_of(Hub& hub,
                                      const std::function<void(const std::string&)>& log) {
  const auto settings = read_delivery_settings(hub.folder());
  return settings ? std::make_unique<Delivery>(hub, *settings, log) : nullptr;
}

SyncPort::NewsTold news_to(Delivery* delivery) {
  if (delivery == nullptr) return {};
  return [delivery](const sync::SchoolId& school, bool is_more_to_come) {
    delivery->note_news(school, is_more_to_come);
  };
}

}  // namespace

struct Serving::Parts {
  Parts(Hub& hub, const ServeOptions& options, const std::function<void(const std::string&)>& log)
      : delivery(delivery_of(hub, log)),
        sync(hub, options.sync_address, log, news_to(delivery.get())),
        site(hub, read_delivery_settings(hub.folder()), log),
        web(web_options(options.web_address, log)),
        control(hub.folder().control_socket(),
                [&hub](const web::ControlCall& call) { return run_command(hub, call); }),
        migration(hub, log) {
    site.mount(web);
    web.start();
  }

  std::unique_ptr<Delivery> delivery;  ///< null where the hub has no settings for it
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
