#include "hub/web/pages.h"

#include <openssl/evp.h>

#include <algorithm>

#include "hub/files.h"
#include "sync/core/crypto.h"
#include "sync/web/gzip.h"

namespace zimnik::hub {
namespace {

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace

Pages::Pages()
    : catalogue_(files()),
      templates_(files()),
      style_(web::find(files(), "static/style.css")->bytes) {
  const auto hash = base64(sync::sha256({style_}).view());
  policy_ = "default-src 'none'; style-src 'sha256-" + hash +
            "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

bool Pages::is_language(const std::string& language) const {
  const auto languages = catalogue_.languages();
  return std::find(languages.begin(), languages.end(), language) != languages.end();
}

const web::Translator& Pages::translator(const net::Request& request) const {
  const auto chosen = request.cookie(kLanguageCookie);
  if (is_language(chosen)) return catalogue_.translator(chosen);
  return catalogue_.translator(catalogue_.preferred(request.header("accept-language")));
}

net::Response Pages::page(const net::Request& request, int status, const std::string& name,
                          const std::string& title, mstch::map values) const {
  const auto& translate = translator(request);
  values["title"] = title;
  values["style"] = style_;
  values["is_russian"] = translate.language() == "ru";
  net::Response response;
  response.status = status;
  response.body = templates_.render(name, translate, std::move(values));
  response.headers = {{"Content-Security-Policy", policy_},
                      {"Cache-Control", "no-store"},
                      {"Referrer-Policy", "same-origin"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Vary", "Accept-Encoding"}};
  if (web::accepts_gzip(request.header("accept-encoding"))) {
    response.body = web::gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  return response;
}

}  // namespace zimnik::hub
