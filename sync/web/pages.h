// How a program answers a browser: pages in the reader's language, static files, JSON; compressed,
// and with the headers that keep a browser careful. Any thread.
//
// Files that are built in: `pages/<name>.mustache`, `locale/<language>.mo`, `static/<name>`.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sync/core/phrase.h"
#include "sync/net/http_message.h"
#include "sync/web/catalogue.h"
#include "sync/web/embedded.h"
#include "sync/web/templates.h"

namespace zimnik::web {

class Pages {
 public:
  /// The stylesheets (names below `static/`) stand in each page, one after the other. Throws
  /// std::logic_error where one isn't there.
  Pages(EmbeddedFiles files, const std::vector<std::string>& stylesheets);

  /// Of the reader's choice (a cookie), else of what the browser asks for first.
  const Translator& translator(const net::Request& request) const;
  /// A whole page. `title` is Russian, and translated here. The template also gets `title`,
  /// `style`, `path`, `languages` (code, name, current), and in the answer to a form `back`: the
  /// path of the page that it was on, empty where the browser doesn't say.
  net::Response page(const net::Request& request, int status, const std::string& name,
                     const std::string& title, Values values) const;
  /// A page that says why not: of the template `refusal`, in whose `text` it stands.
  net::Response refusal(const net::Request& request, int status, const sync::Phrase& why) const;
  /// Scripts' answers.
  net::Response json(const net::Request& request, int status, const nlohmann::json& value) const;
  /// `/static/{name}`.
  net::Response static_file(const net::Request& request) const;
  /// `/language?to=en&from=/path`: sets the cookie, and leads back to that path of this server.
  net::Response set_language(const net::Request& request) const;

 private:
  struct StaticFile {
    std::string_view bytes;
    std::string compressed;
  };
  void add_safety(net::Response& response) const;

  Catalogue catalogue_;
  Templates templates_;
  std::map<std::string, StaticFile, std::less<>> static_;
  std::string style_;
  std::string policy_;  ///< Content-Security-Policy: this style, this server's scripts, no more
};

/// JSON that can stand in a page's <script>.
std::string json_for_page(const nlohmann::json& value);

}  // namespace zimnik::web
