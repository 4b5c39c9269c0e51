#include "hub/console/token_pages.h"

#include "hub/console/shown_once.h"
#include "hub/qr_image.h"
#include "hub/token_deeds.h"
#include "sync/core/encoding.h"
#include "sync/core/printable.h"

namespace zimnik::hub {
namespace {

using web::List;
using web::Values;

/// As a shell takes it for one word.
std::string quoted(const std::string& text) {
  std::string word = "'";
  for (const char letter : text) word += letter == '\'' ? "'\\''" : std::string(1, letter);
  return word + "'";
}

/// What the technician types; empty where nodes' way here isn't known.
std::string command_of(const std::string& address, const std::string& site_name) {
  if (address.empty()) return "";
  return "zimnik-node enroll --hub https://" + address + " --name " +
         (site_name.empty() ? "NAME" : quoted(site_name));
}

/// Does this to the token that the form names, and leads back to the school.
net::Response submit_token(Console& console, const net::Request& request,
                           const OperatorAccount& visitor,
                           void (*deed)(Hub&, const std::string& actor, const std::string& school,
                                        const std::string& token)) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto id = school->id().hex();
    deed(console.hub(), visitor.login, id, form.get("token"));
    return net::Response::see_other("/school/" + id);
  });
}

Values token_values(const Console& console, const School& school, const IssuedToken& issued) {
  const auto& entry = issued.entry;
  List same;
  for (const auto& site : issued.same_name) same.push_back(Values{{"site", site.hex()}});
  return {{"id", school.id().hex()},
          {"name", school.entry().name},
          {"site_name", entry.name},
          {"token", issued.text},
          {"number", entry.number()},
          {"expires", moment_for_operators(entry.expires)},
          {"is_waiting", !entry.confirmed},
          {"address", console.advertised_address()},
          {"command", command_of(console.advertised_address(), entry.name)},
          {"same_name", same},
          {"qr", qr_image(issued.text)}};
}

}  // namespace

List unused_token_values(Console& console, const School& school, const OperatorAccount& visitor) {
  List tokens;
  for (const auto& token : unused_tokens(console.hub(), school.id().hex())) {
    const bool is_waiting = !token.confirmed;
    tokens.push_back(
        Values{{"token", token.hash.hex()},
               {"number", token.number()},
               {"site_name", token.name},
               {"is_laptop", token.kind == sync::SiteKind::laptop},
               {"made_by", token.made_by.empty() ? std::string("—") : token.made_by},
               {"expires", moment_for_operators(token.expires)},
               {"is_waiting", is_waiting},
               {"may_confirm", is_waiting && visitor.role == OperatorRole::administrator}});
  }
  return tokens;
}

net::Response make_token(Console& console, const net::Request& request,
                         const OperatorAccount& visitor) {
  auto* school = console.school_of(request);
  if (school == nullptr) return console.no_school(request, visitor);
  return console.submit(request, visitor, [&](const net::Fields& form) {
    const auto id = school->id().hex();
    const bool is_laptop = form.get("kind") == "laptop";
    const auto issued = issue_token(
        console.hub(), visitor.login,
        {id, form.get("name"), is_laptop ? sync::SiteKind::laptop : sync::SiteKind::node,
         static_cast<int>(sync::from_decimal(form.get("hours").substr(0, 5)).value_or(0))});
    return show_once(console, visitor, "console_token", "Ключ для подключения узла",
                     token_values(console, *school, issued));
  });
}

net::Response confirm_token_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor) {
  return submit_token(console, request, visitor, confirm_token);
}

net::Response cancel_token_page(Console& console, const net::Request& request,
                                const OperatorAccount& visitor) {
  return submit_token(console, request, visitor, cancel_token);
}

}  // namespace zimnik::hub
