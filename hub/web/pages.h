// Pages as they go out: rendered in the visitor's language, compressed, with the headers that keep
// a browser careful. Any thread.
#pragma once

#include <mstch/mstch.hpp>
#include <string>

#include "sync/net/http_message.h"
#include "sync/web/catalogue.h"
#include "sync/web/templates.h"

namespace zimnik::hub {

class Pages {
 public:
  Pages();

  /// Of the visitor's choice (a cookie), else of what the browser asks for first.
  const web::Translator& translator(const net::Request& request) const;
  bool is_language(const std::string& language) const;
  /// `title` is already translated.
  net::Response page(const net::Request& request, int status, const std::string& name,
                     const std::string& title, mstch::map values) const;

  static constexpr const char* kLanguageCookie = "language";

 private:
  web::Catalogue catalogue_;
  web::Templates templates_;
  std::string style_;
  std::string policy_;  ///< Content-Security-Policy: this one style, and nothing else
};

}  // namespace zimnik::hub
