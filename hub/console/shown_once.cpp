#include "hub/console/shown_once.h"

namespace zimnik::hub {

net::Response show_once(Console& console, const OperatorAccount& visitor, const std::string& name,
                        const std::string& title, web::Values values) {
  const auto place =
      console.shown().keep({name, title, std::move(values)}, visitor.id, console.hub().now());
  return net::Response::see_other("/shown/" + place);
}

net::Response shown_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor) {
  auto shown = console.shown().take_own(request.place.at("shown"), visitor.id, console.hub().now());
  if (!shown) {
    return console.page(request, visitor, "console_shown", "Показано один раз", {}, 410);
  }
  return console.page(request, visitor, shown->name, shown->title, std::move(shown->values));
}

}  // namespace zimnik::hub
