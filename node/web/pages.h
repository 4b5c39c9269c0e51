// How the node answers a browser: pages in the reader's language, static files, JSON. Any thread.
#pragma once

#include <mstch/mstch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "sync/net/http_message.h"
#include "sync/web/catalogue.h"
#include "sync/web/templates.h"

namespace zimnik::node {

class Pages {
 public:
  Pages();

  /// By a cookie that the reader set, else by what the browser asks for.
  const web::Translator& translator(const net::Request& request) const;
  /// A whole page.
  net::Response page(const net::Request& request, const std::string& name, mstch::map values,
                     int status = 200) const;
  /// A page that says why not. `text` is Russian, and translated where there is a translation.
  net::Response refusal(const net::Request& request, int status, const std::string& text) const;
  /// `/static/{name}`.
  net::Response static_file(const net::Request& request) const;
  /// `/language?to=en&from=/path`: sets the cookie.
  net::Response set_language(const net::Request& request) const;

 private:
  web::Catalogue catalogue_;
  web::Templates templates_;
};

net::Response json_response(const nlohmann::json& value, int status = 200);
/// JSON that can stand in a page's <script>.
std::string json_for_page(const nlohmann::json& value);

}  // namespace zimnik::node
