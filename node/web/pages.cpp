#include "node/web/pages.h"

#include <algorithm>

#include "node/files.h"

namespace zimnik::node {
namespace {

constexpr const char* kPolicy =
    "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; "
    "base-uri 'none'";

void add_safety(net::Response& response) {
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-store");
}

/// Whether browsers take it for a path of this server: they read a backslash as a slash, and drop
/// tabs and line ends.
bool is_own_path(std::string_view path) {
  return path.starts_with('/') && !path.starts_with("//") &&
         std::none_of(path.begin(), path.end(),
                      [](unsigned char it) { return it <= ' ' || it == '\\' || it == 0x7f; });
}

std::string type_of(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "application/octet-stream";
}

}  // namespace

Pages::Pages() : catalogue_(files()), templates_(files()) {}

const web::Translator& Pages::translator(const net::Request& request) const {
  const auto chosen = request.cookie("language");
  return catalogue_.translator(
      chosen.empty() ? catalogue_.preferred(request.header("accept-language")) : chosen);
}

net::Response Pages::page(const net::Request& request, const std::string& name, mstch::map values,
                          int status) const {
  const auto& translate = translator(request);
  mstch::array languages;
  for (const auto& language : catalogue_.languages()) {
    languages.push_back(
        mstch::map{{"code", language}, {"current", language == translate.language()}});
  }
  values["languages"] = languages;
  values["path"] = request.path;
  net::Response response;
  response.status = status;
  response.body = templates_.render(name, translate, std::move(values));
  add_safety(response);
  return response;
}

net::Response Pages::refusal(const net::Request& request, int status,
                             const std::string& text) const {
  return page(request, "refusal", {{"text", translator(request)(text)}}, status);
}

net::Response Pages::static_file(const net::Request& request) const {
  const auto name = "static/" + request.place.at("name");
  const auto* file = web::find(files(), name);
  if (file == nullptr) return net::Response::text(404, "there is no such file");
  net::Response response;
  response.content_type = type_of(name);
  response.body = file->bytes;
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  // Asked for anew after an upgrade; the script keeps working while the node is away.
  response.headers.emplace_back("Cache-Control", "max-age=300");
  return response;
}

net::Response Pages::set_language(const net::Request& request) const {
  auto to = request.query.get("to");
  auto from = request.query.get("from");
  if (!is_own_path(from)) from = "/";
  auto response = net::Response::see_other(from);
  const auto language = catalogue_.translator(to).language();
  response.headers.emplace_back(
      "Set-Cookie", "language=" + language + "; Path=/; Max-Age=31536000; SameSite=Strict");
  return response;
}

net::Response json_response(const nlohmann::json& value, int status) {
  net::Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = value.dump();
  add_safety(response);
  return response;
}

std::string json_for_page(const nlohmann::json& value) {
  std::string text;
  for (const char character : value.dump()) {
    character == '<' ? text += "\\u003c" : text += character;
  }
  return text;
}

}  // namespace zimnik::node
