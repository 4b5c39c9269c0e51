#include "tests/node/forms.h"

#include <regex>
#include <stdexcept>

namespace zimnik::node::test {

httplib::Params hidden_fields(const std::string& page, const std::string& action,
                              const std::string& text) {
  static const std::regex kHidden(R"re(<input type="hidden" name="([^"]+)" value="([^"]*)">)re");
  const auto opening = "<form method=\"post\" action=\"" + action + "\"";
  for (auto at = page.find(opening); at != std::string::npos; at = page.find(opening, at + 1)) {
    const auto form = page.substr(at, page.find("</form>", at) - at);
    if (form.find(text) == std::string::npos) continue;
    httplib::Params fields;
    for (std::sregex_iterator it(form.begin(), form.end(), kHidden), end; it != end; ++it) {
      fields.emplace((*it)[1], (*it)[2]);
    }
    return fields;
  }
  throw std::logic_error("the page has no form " + action);
}

std::string escaped(std::string text) {
  for (auto at = text.find('/'); at != std::string::npos; at = text.find('/', at)) {
    text.replace(at, 1, "&#x2F;");
  }
  return text;
}

}  // namespace zimnik::node::test
