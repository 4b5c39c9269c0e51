#include "sync/net/http_server.h"

#include <thread>

#include "sync/net/http_loop.h"
#include "sync/net/tls.h"

namespace zimnik::net {

class HttpServer::Impl {
 public:
  Impl(HttpOptions options, TlsContextPointer context)
      : options_(std::move(options)), context_(std::move(context)), listener_(options_.listen) {}

  ~Impl() { stop(); }

  Routes& routes() { return routes_; }

  void start() {
    loop_ = std::make_unique<HttpLoop>(options_, listener_, context_.get(), routes_);
    thread_ = std::thread([this] { loop_->run(); });
  }

  void stop() {
    if (!thread_.joinable()) return;
    loop_->stop();
    thread_.join();
    loop_.reset();
  }

  int port() const { return listener_.port(); }
  std::size_t open_connections() const { return loop_ ? loop_->open_connections() : 0; }

 private:
  HttpOptions options_;
  TlsContextPointer context_;
  Listener listener_;
  Routes routes_;
  std::unique_ptr<HttpLoop> loop_;
  std::thread thread_;
};

HttpServer::HttpServer(HttpOptions options)
    : impl_(std::make_unique<Impl>(std::move(options), nullptr)) {}
HttpServer::HttpServer(HttpOptions options, const TlsOptions& tls)
    : impl_(std::make_unique<Impl>(std::move(options), server_context(tls))) {}
HttpServer::~HttpServer() = default;

HttpServer& HttpServer::route(const std::string& method, const std::string& pattern,
                              Handler handler) {
  impl_->routes().add(method, pattern, std::move(handler));
  return *this;
}

HttpServer& HttpServer::otherwise(Handler handler) {
  impl_->routes().otherwise(std::move(handler));
  return *this;
}

void HttpServer::start() { impl_->start(); }
void HttpServer::stop() { impl_->stop(); }
int HttpServer::port() const { return impl_->port(); }
std::size_t HttpServer::open_connections() const { return impl_->open_connections(); }

}  // namespace zimnik::net
