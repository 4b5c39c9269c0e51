// The parents' pages: sign-in, activation of a code from the school, the diary. Plain HTTP, meant
// to stand behind a proxy that does TLS and says who calls (X-Real-IP, Host).
#pragma once

#include <optional>
#include <string>

#include "hub/files.h"
#include "hub/hub.h"
#include "hub/web/family.h"
#include "sync/net/http_server.h"
#include "sync/web/pages.h"
#include "sync/web/throttle.h"

namespace zimnik::hub {

/// Any thread.
class ParentsSite {
 public:
  /// `hub` outlives it.
  explicit ParentsSite(Hub& hub)
      : hub_(hub), pages_(files(), {"base.css", "hub.css", "diary.css"}) {}

  /// REQUIRES: this object outlives the server.
  void mount(net::HttpServer& server);

 private:
  using Request = net::Request;
  using Response = net::Response;

  Response home(const Request& request);
  Response sign_in(const Request& request);
  Response sign_out(const Request& request);
  Response show_activation(const Request& request);
  Response activate(const Request& request);
  Response diary(const Request& request);
  Response set_language(const Request& request) { return pages_.set_language(request); }
  Response static_file(const Request& request) { return pages_.static_file(request); }
  Response otherwise(const Request& request);

  std::optional<std::int64_t> account(const Request& request);
  Response sign_in_page(const Request& request, int status, const std::string& problem,
                        const std::string& login);
  Response activation_page(const Request& request, int status, const std::string& problem);
  Response diary_page(const Request& request, const Family& family, const FamilyChild& child);
  /// Why there is nothing to read: no consent, or no child.
  Response no_diary(const Request& request, const Family& family, int status);
  Response to_diary(const Request& request, std::int64_t account);
  Response not_found(const Request& request);

  /// What is wrong with a new login and password, in Russian; empty where nothing is.
  static std::string problem_of(const net::Fields& form);
  Response open_account(const Request& request, const net::Fields& form, const GuardianLink& link);
  Response signed_in(const Request& request, std::int64_t account);
  /// As throttles name the caller.
  static std::string caller(const Request& request);

  Hub& hub_;
  web::Pages pages_;
  web::Throttle callers_{50};  ///< many families of a settlement have one address
  web::Throttle logins_{10};
};

}  // namespace zimnik::hub
