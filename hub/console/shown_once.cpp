#include "hub/console/shown_once.h"

namespace zimnik::hub {

net::Response show_once(Console& console, const OperatorAccount& visitor, const std::string& name,
                        const std::string& title, web::Values values) {
  const auto place = console.shown().keep({visitor.id, name, title, std::move(values)}, visitor.id,
                                          console.hub().now());
  return net::Response::see_other("/shown/" + place);
}

net::Response shown_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor) {
  auto shown = console.shown().take(request.place.at("shown"), console.hub().now());
  if (!shown || shown->visitor != visitor.id) {
    return console.page(request, visitor, "console_shown", "Уже показано", {}, 410);
  }
  return console.page(request, visitor, shown->name, shown->title, std::move(shown->values));
}

}  // namespace zimnik::hub
