#include "sync/net/http_shell.h"

#include <httplib.h>

#include <algorithm>
#include <cstring>

#include "sync/core/bytes.h"

namespace zimnik::net {
namespace {

/// A request in memory, a response in memory.
class MemoryStream : public httplib::Stream {
 public:
  explicit MemoryStream(std::string request) : request_(std::move(request)) {}
  std::string take_response() { return std::move(response_); }

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* into, size_t size) override {
    const auto count = std::min(size, request_.size() - position_);
    std::memcpy(into, request_.data() + position_, count);
    position_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    response_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return 0; }

 private:
  std::string request_;
  std::size_t position_ = 0;
  std::string response_;
};

/// What the library's hook, which gets nothing of ours, works on.
struct Call {
  Request& request;
  const std::function<Response(Request&)>& handler;
  const HttpOptions& options;
};
thread_local Call* current_call = nullptr;

/// A line of a log: nobody who asks for odd addresses begins another.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char it) { return it < ' ' || it == 0x7f; }, '?');
  return text;
}

Response fault_page(const Call& call) {
  try {
    if (call.options.fault) return call.options.fault(call.request);
  } catch (...) {  // whatever it was, the client is told the same
  }
  return Response::text(500, "an error inside");
}

Response call_handler(Call& call) {
  std::string what = "an unknown exception";
  try {
    return call.handler(call.request);
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
  }
  if (call.options.log) {
    call.options.log(printable(call.request.method + " " + call.request.path + ": " + what));
  }
  return fault_page(call);
}

Response judge_and_call(Call& call, const httplib::Request& seen) {
  const auto question = seen.target.find('?');
  auto query = Fields::parse(question == std::string::npos
                                 ? std::string_view()
                                 : std::string_view(seen.target).substr(question + 1));
  if (!query || !sync::is_text(seen.path)) return Response::text(400, "not a path");
  call.request.query = std::move(*query);
  call.request.path = seen.path;
  call.request.method = seen.method == "HEAD" ? "GET" : seen.method;
  const auto begun = std::chrono::steady_clock::now();
  auto response = call_handler(call);
  if (call.options.answered) {
    call.options.answered(call.request, response, std::chrono::steady_clock::now() - begun);
  }
  return response;
}

void copy(Response&& from, httplib::Response& to) {
  to.status = from.status;
  for (const auto& [name, value] : from.headers) to.set_header(name, value);
  to.body = std::move(from.body);
  if (!from.content_type.empty()) to.set_header("Content-Type", from.content_type);
}

/// A header that says what HTTP/1.1 takes for granted.
void drop_keep_alive(std::string& response) {
  constexpr std::string_view kName = "\r\nKeep-Alive: ";
  const auto place = response.find(kName);
  if (place == std::string::npos || place > response.find("\r\n\r\n")) return;
  response.erase(place, response.find("\r\n", place + 2) - place);
}

}  // namespace

class HttpShell::Library : public httplib::Server {
 public:
  Library() {
    set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
      copy(judge_and_call(*current_call, request), response);
      return HandlerResponse::Handled;
    });
    set_exception_handler([](const httplib::Request&, httplib::Response& response,
                             std::exception_ptr) { response.status = 500; });
  }

  std::string run(const std::string& request, bool keep_alive) {
    MemoryStream stream(request);
    bool is_closed = false;
    process_request(stream, !keep_alive, is_closed, nullptr);
    return stream.take_response();
  }
};

HttpShell::HttpShell() : library_(std::make_unique<Library>()) {}
HttpShell::~HttpShell() = default;

std::string HttpShell::answer(const RequestHead& head, Request& request,
                              const std::function<Response(Request&)>& handler,
                              const HttpOptions& options) const {
  Call call{request, handler, options};
  current_call = &call;
  auto response = library_->run(head.line + "\r\n\r\n", head.keep_alive);
  current_call = nullptr;
  drop_keep_alive(response);
  if (response.empty()) return refusal(400, "not a request");
  return response;
}

std::string HttpShell::refusal(int status, const std::string& reason) {
  const std::string body = reason + "\n";
  return "HTTP/1.1 " + std::to_string(status) +
         " Refused\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace zimnik::net
