#include "sync/web/pages.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sync/core/crypto.h"
#include "sync/net/limits.h"
#include "sync/web/base64.h"
#include "sync/web/gzip.h"
#include "sync/web/visit.h"

namespace zimnik::web {
namespace {

constexpr const char* kLanguageCookie = "language";
constexpr long kYearSeconds = 365L * 24 * 3600;
constexpr std::string_view kStatic = "static/";
constexpr std::size_t kLeastCompressed = 512;  // below it a header costs more than it saves

/// Whether browsers take it for a path of this server: they read a backslash as a slash, and drop
/// tabs and line ends.
bool is_own_path(std::string_view path) {
  return path.starts_with('/') && !path.starts_with("//") &&
         std::none_of(path.begin(), path.end(),
                      [](unsigned char it) { return it <= ' ' || it == '\\' || it == 0x7f; });
}

/// The page of this server whose form came; empty where the browser doesn't say.
std::string sender_of(const net::Request& request) {
  if (request.method != "POST") return "";
  const auto referer = request.header("referer");
  const auto host = request.header("host");
  for (const std::string scheme : {"https://", "http://"}) {
    const auto origin = scheme + host;
    if (host.empty() || !referer.starts_with(origin)) continue;
    const auto path = referer.substr(origin.size());
    return is_own_path(path) && path.size() <= net::limits::kTargetBytes ? path : "";
  }
  return "";
}

std::string type_of(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

std::string name_of(const std::string& language) {
  return language == "ru" ? "Русский" : language == "en" ? "English" : language;
}

/// Compressed for whoever takes it.
void set_body(const net::Request& request, net::Response& response, std::string body) {
  response.headers.emplace_back("Vary", "Accept-Encoding");
  const bool is_worth_it = body.size() >= kLeastCompressed;
  if (is_worth_it && accepts_gzip(request.header("accept-encoding"))) {
    body = gzip(body);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  response.body = std::move(body);
}

}  // namespace

Pages::Pages(EmbeddedFiles files, const std::vector<std::string>& stylesheets)
    : catalogue_(files), templates_(files) {
  for (const auto& file : files) {
    if (!file.name.starts_with(kStatic)) continue;
    static_[std::string(file.name.substr(kStatic.size()))] = {file.bytes, gzip(file.bytes)};
  }
  for (const auto& name : stylesheets) {
    const auto found = static_.find(name);
    if (found == static_.end()) throw std::logic_error("there is no stylesheet " + name);
    style_ += found->second.bytes;
  }
  policy_ = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
            ("style-src 'self' 'sha256-" + base64(sync::sha256({style_}).view())) +
            "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

const Translator& Pages::translator(const net::Request& request) const {
  const auto languages = catalogue_.languages();
  const auto chosen = request.cookie(kLanguageCookie);
  if (std::find(languages.begin(), languages.end(), chosen) != languages.end()) {
    return catalogue_.translator(chosen);
  }
  return catalogue_.translator(catalogue_.preferred(request.header("accept-language")));
}

net::Response Pages::page(const net::Request& request, int status, const std::string& name,
                          const std::string& title, Values values) const {
  const auto& translate = translator(request);
  List languages;
  for (const auto& language : catalogue_.languages()) {
    languages.push_back(Values{{"code", language},
                               {"language_name", name_of(language)},
                               {"current", language == translate.language()}});
  }
  values["title"] = translate(title);
  values["style"] = style_;
  values["path"] = request.path;
  values["back"] = sender_of(request);
  values["languages"] = languages;
  net::Response response;
  response.status = status;
  set_body(request, response, templates_.render(name, translate, std::move(values)));
  add_safety(response);
  return response;
}

net::Response Pages::refusal(const net::Request& request, int status,
                             const sync::Phrase& why) const {
  return page(request, status, "refusal", "Нельзя", {{"text", translator(request)(why)}});
}

net::Response Pages::json(const net::Request& request, int status,
                          const nlohmann::json& value) const {
  net::Response response;
  response.status = status;
  response.content_type = "application/json";
  set_body(request, response, value.dump());
  add_safety(response);
  return response;
}

void Pages::add_safety(net::Response& response) const {
  response.headers.emplace_back("Content-Security-Policy", policy_);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-store");
}

net::Response Pages::static_file(const net::Request& request) const {
  const auto& name = request.place.at("name");
  const auto found = static_.find(name);
  if (found == static_.end()) return net::Response::text(404, "there is no such file");
  net::Response response;
  response.content_type = type_of(name);
  const bool is_compressed = accepts_gzip(request.header("accept-encoding"));
  response.body = is_compressed ? found->second.compressed : std::string(found->second.bytes);
  if (is_compressed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  // Asked for anew after an upgrade; a page keeps working while its server is away.
  response.headers.emplace_back("Cache-Control", "max-age=300");
  return response;
}

net::Response Pages::set_language(const net::Request& request) const {
  const auto to = request.query.get("to");
  const auto from = request.query.get("from");
  auto response = net::Response::see_other(is_own_path(from) ? from : "/");
  response.headers.emplace_back(
      "Set-Cookie",
      cookie(request, kLanguageCookie, catalogue_.translator(to).language(), kYearSeconds));
  return response;
}

std::string json_for_page(const nlohmann::json& value) {
  std::string text;
  for (const char character : value.dump()) {
    character == '<' ? text += "\\u003c" : text += character;
  }
  return text;
}

}  // namespace zimnik::web
