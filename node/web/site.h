// The school's web journal: what all of its pages work with. Which pages there are, and who may
// open them, stands in routes.cpp. Any thread.
//
// A page that has forms begins with frame(), which says what the page has seen; each form carries
// that and a counter ({{>entry}}), so what it asks for is written once, over what was shown.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "node/journal.h"
#include "node/local_state.h"
#include "node/web/door.h"
#include "node/web/entry.h"
#include "node/web/upload_shelf.h"
#include "sync/core/phrase.h"
#include "sync/net/http_server.h"
#include "sync/store/entry_times.h"
#include "sync/web/pages.h"
#include "sync/web/values.h"

namespace zimnik::node {

class Site {
 public:
  /// `hosts`: the names by which the node is opened; requests to others are refused (421). None:
  /// any name will do.
  Site(Journal& journal, LocalState& state, Clock clock, std::vector<std::string> hosts = {});

  void add_routes(net::HttpServer& server);
  /// What is said where something went wrong inside: most likely nothing can be written.
  net::Response fault(const net::Request& request) const;

  Journal& journal() { return journal_; }
  LocalState& state() { return state_; }
  UploadShelf& uploads() { return uploads_; }
  const web::Pages& pages() const { return pages_; }
  Door& door() { return door_; }
  sync::Time now() const { return clock_(); }
  journal::Date today() const { return day_of(clock_()); }

  /// Runs `use` with the replica and with the times of entry of all that it holds.
  using TimesUse = std::function<void(sync::Replica&, const sync::EntryTimes&)>;
  void with_entry_times(const TimesUse& use);

  /// What every page has for who is signed in, and what it has seen: read nothing before it.
  web::Values frame(const net::Request& request, const Visitor& visitor);
  /// `values` are a frame's, and the page's own. `title` is Russian, and translated.
  net::Response page(const net::Request& request, const std::string& name, const std::string& title,
                     web::Values values, int status = 200) const;
  /// A page that says why not.
  net::Response refusal(const net::Request& request, int status, const sync::Phrase& why) const;
  net::Response json(const net::Request& request, const nlohmann::json& value,
                     int status = 200) const;

  /// Writes what a form asks for, in this role, and leads to the page `then`; or says why not.
  using Writing = std::function<void(sync::Command&, const net::Fields&)>;
  net::Response submit(const net::Request& request, const Visitor& visitor, journal::Role role,
                       const std::string& then, const Writing& write);
  /// As submit, where more than the command is needed.
  using Doing = std::function<sync::Saved(sync::Replica&, const sync::Entry&, const net::Fields&)>;
  net::Response submit_to_replica(const net::Request& request, const Visitor& visitor,
                                  journal::Role role, const std::string& then, const Doing& act);
  /// Throws CommandRefused where an act has taken force from what the entry would write: nobody is
  /// told «saved» of what doesn't count.
  static void require_in_force(const sync::Replica& replica, const sync::Entry& entry);

 private:
  net::Handler guarded(const struct Route& route);
  net::Handler for_own_hosts(net::Handler handler);

  Journal& journal_;
  LocalState& state_;
  Clock clock_;
  const std::vector<std::string> hosts_;
  web::Pages pages_;
  Door door_;
  UploadShelf uploads_;
  std::mutex times_mutex_;
  sync::EntryTimes times_;
};

/// A number in an address or a form; 0 where it is none.
std::int64_t number_from(const std::string& text);

}  // namespace zimnik::node
