// Which handler a path leads to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/net/http_server.h"

namespace zimnik::net {

class Routes {
 public:
  void add(const std::string& method, const std::string& pattern, Handler handler);
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }
  /// Calls the handler that fits, with the places of its pattern filled in.
  Response answer(Request& request) const;

 private:
  struct Route {
    std::string method;
    std::vector<std::string> segments;
    Handler handler;
  };
  std::vector<Route> routes_;
  Handler otherwise_;
};

}  // namespace zimnik::net
