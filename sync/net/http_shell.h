// cpp-httplib, fed a request line that was judged before and nothing else of what a client sent: it
// decodes the path, and writes the response. All else that it would do with a request stays away
// from it (chunked bodies, ranges, percent signs in header values, expressions on paths).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "sync/net/http_head.h"
#include "sync/net/http_message.h"
#include "sync/net/http_server.h"

namespace zimnik::net {

class HttpShell {
 public:
  HttpShell();
  ~HttpShell();

  /// The bytes of the response that `handler` gives to the request, of which `request` has already
  /// the body, the address and the peer. Any thread. Doesn't throw what the handler throws: that is
  /// a 500, `log` gets its text, and `fault` may make a better page of it.
  std::string answer(const RequestHead& head, Request& request,
                     const std::function<Response(Request&)>& handler,
                     const HttpOptions& options) const;

  /// A response of one line, after which the connection is closed.
  static std::string refusal(int status, const std::string& reason);

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

}  // namespace zimnik::net
