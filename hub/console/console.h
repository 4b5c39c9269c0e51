// The operators' console: pages on a listener of its own, for those who have an account
// (operator_store.h). Plain HTTP behind a proxy that does TLS, as the parents' pages.
#pragma once

#include <optional>
#include <string>

#include "hub/console/door.h"
#include "hub/console/operator_store.h"
#include "hub/console/survey.h"
#include "hub/hub.h"
#include "hub/waiting.h"
#include "sync/net/http_server.h"
#include "sync/web/pages.h"

namespace zimnik::hub {

/// A page on its way to the operator who sees it once (shown_once.h).
struct ShownOnce {
  std::string name, title;
  web::Values values;
};

/// Any thread.
class Console {
 public:
  /// `hub` and `survey` outlive it. `advertised_address` is where nodes reach the sync port,
  /// HOST:PORT; empty where that isn't known.
  Console(Hub& hub, Survey& survey, std::string advertised_address);

  /// REQUIRES: this object outlives the server.
  void mount(net::HttpServer& server);

  Hub& hub() { return hub_; }
  Survey& survey() { return survey_; }
  Waiting<ShownOnce>& shown() { return shown_; }
  const std::string& advertised_address() const { return advertised_address_; }
  const web::Translator& translator(const net::Request& request) const {
    return pages_.translator(request);
  }
  /// With the menu of who asks for it.
  net::Response page(const net::Request& request, const OperatorAccount& visitor,
                     const std::string& name, const std::string& title, web::Values values,
                     int status = 200) const;
  net::Response refusal(const net::Request& request, const OperatorAccount& visitor, int status,
                        const sync::Phrase& why) const;
  net::Response no_school(const net::Request& request, const OperatorAccount& visitor) const {
    return refusal(request, visitor, 404, {"Такой школы нет."});
  }
  /// What a form asks for is done by `act`, which gives the page that follows. A form of another
  /// site is refused, and so is what `act` throws as std::runtime_error.
  net::Response submit(const net::Request& request, const OperatorAccount& visitor,
                       const std::function<net::Response(const net::Fields&)>& act);
  /// Of the id in the path; null where there is none.
  School* school_of(const net::Request& request) const;

 private:
  Hub& hub_;
  Survey& survey_;
  const std::string advertised_address_;
  Waiting<ShownOnce> shown_;
  web::Pages pages_;
  ConsoleDoor door_;
};

}  // namespace zimnik::hub
