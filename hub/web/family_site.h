// The families' pages: what all of them work with. Which pages there are, and which of them are for
// those who are signed in alone, stands in routes.cpp. Plain HTTP, meant to stand behind a proxy
// that does TLS and says who calls (X-Real-IP, Host). Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "hub/delivery/settings.h"
#include "hub/federal/attempt.h"
#include "hub/federal/provider.h"
#include "hub/files.h"
#include "hub/hub.h"
#include "hub/rate_limit.h"
#include "hub/sign_in_guard.h"
#include "hub/waiting.h"
#include "hub/web/diary_cache.h"
#include "sync/net/http_server.h"
#include "sync/web/pages.h"
#include "sync/web/throttle.h"

namespace zimnik::hub {

/// An account that is signed in.
struct Visitor {
  std::int64_t account = 0;
};

class FamilySite {
 public:
  /// `hub` outlives it. Without settings nothing is delivered, and the pages say so. `log` gets
  /// lines for operators. Throws std::runtime_error where the provider's settings don't hold.
  FamilySite(Hub& hub, std::optional<DeliverySettings> delivery,
             std::function<void(const std::string&)> log);

  /// REQUIRES: this object outlives the server.
  void mount(net::HttpServer& server);

  Hub& hub() { return hub_; }
  sync::Time now() const { return hub_.now(); }
  const web::Pages& pages() const { return pages_; }
  std::optional<Visitor> visitor(const net::Request& request);

  /// `title` is Russian, and translated.
  net::Response page(const net::Request& request, const std::string& name, const std::string& title,
                     web::Values values, int status = 200);
  /// A page that says why not. `typed` is what a long text field of this site's form held: it isn't
  /// typed twice on a telephone.
  net::Response refusal(const net::Request& request, int status, const sync::Phrase& why,
                        const std::string& typed = "");
  net::Response not_found(const net::Request& request);

  void log(const std::string& line) const { log_(line); }

  /// A provider that people may sign in by, and who is on the way to it.
  struct Federal {
    explicit Federal(FederalSettings settings) : provider(std::move(settings)) {}
    FederalProvider provider;
    FederalSeals seals;
  };
  Federal* federal() { return federal_.get(); }  ///< null where none is set up

  /// Secrets of codes by the clock that accounts were shown.
  Waiting<std::string>& offered_secrets() { return offered_secrets_; }
  /// Accounts whose password was right, and that are asked for a code.
  Waiting<FamilyAccount>& half_signed_in() { return half_signed_in_; }

  DiaryCache& diaries() { return diaries_; }
  SignInGuard& guard() { return guard_; }
  /// Of each account that is asked for a code by the clock.
  web::Throttle& second_steps() { return second_steps_; }
  const std::optional<DeliverySettings>& delivery() const { return delivery_; }
  /// Counts each account's requests for a letter that confirms an address.
  web::Throttle& confirmations() { return confirmations_; }
  /// Counts each account's wrong codes for a telephone number.
  web::Throttle& phone_tries() { return phone_tries_; }
  /// Bounds the messages that an account has sent to numbers which nobody has confirmed.
  RateLimit& phone_codes() { return phone_codes_; }
  /// Bounds what each person writes into a school's log, which keeps it for good.
  RateLimit& writings() { return writings_; }

 private:
  /// A form that no page of this site sent: another site's page may have made the browser send it.
  bool is_foreign_form(const net::Request& request) const;
  net::Handler for_all(const struct OpenRoute& route);
  net::Handler for_families(const struct FamilyRoute& route);

  Hub& hub_;
  const std::function<void(const std::string&)> log_;
  const std::optional<DeliverySettings> delivery_;
  web::Pages pages_;
  std::unique_ptr<Federal> federal_;
  DiaryCache diaries_;
  Waiting<std::string> offered_secrets_;
  Waiting<FamilyAccount> half_signed_in_;
  SignInGuard guard_;
  web::Throttle second_steps_{10};
  web::Throttle confirmations_{5};
  web::Throttle phone_tries_{10};
  RateLimit phone_codes_{3, 4 * 3600 * 1000};  ///< turns, and milliseconds for each more
  RateLimit writings_{60, 15 * 60 * 1000};
};

/// A number in an address or a form; 0 where it is none.
std::int64_t number_from(const std::string& text);

}  // namespace zimnik::hub
