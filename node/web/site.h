// The school's web journal: its routes, and the rights that each of them asks for. Any thread.
#pragma once

#include <functional>
#include <string>

#include "node/journal.h"
#include "node/local_state.h"
#include "node/web/door.h"
#include "node/web/pages.h"
#include "sync/net/http_server.h"

namespace zimnik::node {

class Site {
 public:
  Site(Journal& journal, LocalState& state, Clock clock)
      : journal_(journal),
        state_(state),
        clock_(clock),
        door_(journal, state, pages_, std::move(clock)) {}

  void add_routes(net::HttpServer& server);
  /// What is said where something went wrong inside: most likely nothing can be written.
  net::Response fault(const net::Request& request) const;

 private:
  using Answer = std::function<net::Response(const net::Request&, const Visitor&)>;
  /// For those who are signed in; others are led to the door, scripts are told (401).
  net::Handler for_visitors(Answer answer);
  net::Handler for_scripts(Answer answer);

  net::Response home(const net::Request& request, const Visitor& visitor);
  net::Response course(const net::Request& request, const Visitor& visitor);
  net::Response course_json(const net::Request& request, const Visitor& visitor);
  net::Response save(const net::Request& request, const Visitor& visitor);
  net::Response status(const net::Request& request, const Visitor& visitor);
  net::Response conflicts(const net::Request& request, const Visitor& visitor);
  net::Response resolve(const net::Request& request, const Visitor& visitor);

  /// The grid with what a save needs; nothing where there is no such course, or no right to it.
  std::optional<nlohmann::json> grid(const net::Request& request, const Visitor& visitor);
  /// Throws CommandRefused where an act has taken force from what the entry would write: nobody is
  /// told «saved» of what doesn't count.
  static void require_in_force(const sync::Replica& replica, const sync::Entry& entry);
  mstch::map frame(const net::Request& request, const Visitor& visitor);
  journal::Date today() { return day_of(clock_()); }

  Journal& journal_;
  LocalState& state_;
  Clock clock_;
  Pages pages_;
  Door door_;
};

}  // namespace zimnik::node
