#include "hub/serve.h"

#include "hub/api/api_site.h"
#include "hub/console/console.h"
#include "hub/console/survey_metrics.h"
#include "hub/delivery/delivery.h"
#include "hub/delivery/settings.h"
#include "hub/migration.h"
#include "hub/sync_port.h"
#include "hub/watch/events.h"
#include "hub/watch/watch.h"
#include "hub/web/family_site.h"
#include "hub/write_behind.h"
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

/// Tells both of a request.
Watch::Observer also(Watch::Observer first, Watch::Observer second) {
  return [first = std::move(first), second = std::move(second)](const net::Request& request,
                                                                const net::Response& response,
                                                                std::chrono::nanoseconds time) {
    first(request, response, time);
    second(request, response, time);
  };
}

/// What the log hears of the sync port's requests.
Watch::Observer exchange_events(const Serving::Events& events) {
  return [events](const net::Request& request, const net::Response& response,
                  std::chrono::nanoseconds time) {
    if (events) events(exchange_event(request, response, time));
  };
}

/// What it hears of a browser's.
Watch::Observer request_events(const Serving::Events& events, const std::string& server) {
  return [events, server](const net::Request& request, const net::Response& response,
                          std::chrono::nanoseconds time) {
    if (events) events(request_event(server, request, response, time));
  };
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
  Parts(Hub& hub, const ServeOptions& options, const std::function<void(const std::string&)>& log,
        const Events& events)
      : write_behind(hub, log),
        watch(hub),
        delivery(delivery_of(hub, log)),
        sync(hub, options.sync_address, log, news_to(delivery.get()),
             also(watch.exchange_observer(), exchange_events(events))),
        api(hub, log),
        site(hub, read_delivery_settings(hub.folder()), log),
        web(web_options(options.web_address, log,
                        also(watch.observer("web"), request_events(events, "web")))),
        console(console_server(options.console_address, log,
                               also(watch.observer("console"), request_events(events, "console")))),
        control(hub.folder().control_socket(),
                [&hub](const web::ControlCall& call) { return run_command(hub, call); }),
        migration(hub, log) {
    api.mount(web);
    site.mount(web);
    watch.mount_health(web);
    web.start();
    if (console == nullptr) return;
    survey = std::make_unique<Survey>(hub, log);
    console_site = std::make_unique<Console>(hub, *survey, options.advertised_address);
    console_site->mount(*console);
    watch.add([&hub, this] { return survey_metrics(hub, *survey); });
    watch.mount_metrics(*console);
    watch.mount_health(*console);
    console->start();
  }

  WriteBehind write_behind;            ///< first: it writes what the pages noted last
  Watch watch;                         ///< servers tell it of their requests
  std::unique_ptr<Delivery> delivery;  ///< null where the hub has no settings for it
  SyncPort sync;
  ApiSite api;
  FamilySite site;
  net::HttpServer web;
  std::unique_ptr<Survey> survey;  ///< with the console alone
  std::unique_ptr<Console> console_site;
  std::unique_ptr<net::HttpServer> console;
  web::ControlServer control;
  Migration migration;
};

Serving::Serving(Hub& hub, const ServeOptions& options, std::function<void(const std::string&)> log,
                 const Events& events)
    : parts_(std::make_unique<Parts>(
          hub, options,
          [log = std::move(log)](const std::string& line) {
            log(sync::one_line(line));  // sites name themselves
          },
          events)) {}

Serving::~Serving() = default;

int Serving::sync_port() const { return parts_->sync.port(); }
int Serving::web_port() const { return parts_->web.port(); }
int Serving::console_port() const { return parts_->console ? parts_->console->port() : 0; }

}  // namespace zimnik::hub
