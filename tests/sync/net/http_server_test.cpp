#include "sync/net/http_server.h"

#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/sync/net/folder.h"
#include "tests/sync/net/plain_client.h"

namespace zimnik::net::test {
namespace {

using std::chrono::milliseconds;

HttpOptions quick() {
  HttpOptions options;
  options.threads = 4;
  options.body_bytes = 1000;
  options.anonymous_body_bytes = 1000;
  options.request_time = milliseconds(600);
  return options;
}

/// Answers every path with what it was asked.
class EchoServer {
 public:
  explicit EchoServer(HttpOptions options = quick()) : server_(std::move(options)) {
    server_.route("GET", "/", [](const Request&) { return Response::text(200, "here"); });
    server_.route("GET", "/header", [](const Request& request) {
      return Response::text(200, request.header("x-one"));
    });
    server_.route("GET", "/place/{name}/of/{rest...}", [](const Request& request) {
      return Response::text(200, request.place.at("name") + "|" + request.place.at("rest") + "|" +
                                     request.query.get("q"));
    });
    server_.route("POST", "/body", [](const Request& request) {
      return Response::text(200, request.remote_address + " " + request.body);
    });
    server_.route("GET", "/throws",
                  [](const Request&) -> Response { throw std::runtime_error("a secret"); });
    server_.route("GET", "/bad-header", [](const Request&) {
      auto response = Response::text(200, "");
      response.headers = {{"X-One", "a\r\nX-Two: b"}};
      return response;
    });
    server_.start();
  }
  int port() const { return server_.port(); }
  HttpServer& server() { return server_; }

 private:
  HttpServer server_;
};

std::string get(const std::string& target, const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
}

std::string post(const std::string& body, const std::string& headers = "") {
  return "POST /body HTTP/1.1\r\nConnection: close\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string ask(int port, const std::string& bytes) { return PlainClient(port).ask(bytes); }

/// Whether a good client gets its answer at once.
bool serves_at_once(int port) {
  const auto start = std::chrono::steady_clock::now();
  const bool is_good = status_of(ask(port, get("/"))) == 200;
  return is_good && std::chrono::steady_clock::now() - start < milliseconds(300);
}

}  // namespace

TEST_CASE("a request is answered, and the connection kept for the next") {
  EchoServer server;
  PlainClient client(server.port());
  client.send("GET / HTTP/1.1\r\n\r\nPOST /body HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(client.receive_response() ==
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "here\n");
  CHECK(body_of(client.receive_response()) == "127.0.0.1 abc\n");
  client.send("HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
  const auto head = client.receive_all();
  CHECK(status_of(head) == 200);
  CHECK(body_of(head) == "");
}

TEST_CASE("a path is decoded, and its places are found") {
  EchoServer server;
  CHECK(body_of(ask(server.port(), get("/place/%D0%B9/of/a/b?q=1+2%26"))) == "\u0439|a/b|1 2&\n");
  CHECK(body_of(ask(server.port(), get("/place/a/of/"))) == "a||\n");
  CHECK(status_of(ask(server.port(), get("/place/a"))) == 404);
  CHECK(status_of(ask(server.port(), get("/place//of/b"))) == 404);
  CHECK(status_of(ask(server.port(), get("/body"))) == 405);
  CHECK(status_of(ask(server.port(), get("/%00"))) == 400);
  CHECK(status_of(ask(server.port(), get("/%ff"))) == 400);
}

TEST_CASE("a percent sign in a header's value stays what it is") {
  EchoServer server;
  const auto response = ask(server.port(), get("/header", "X-One: a%0d%0aSet-Cookie: b\r\n"));
  CHECK(body_of(response) == "a%0d%0aSet-Cookie: b\n");
}

TEST_CASE("a response's header can't break out of its line") {
  EchoServer server;
  const auto response = ask(server.port(), get("/bad-header"));
  CHECK(status_of(response) == 200);
  CHECK(response.find("X-Two") == std::string::npos);
}

TEST_CASE("what a handler throws stays inside") {
  auto options = quick();
  std::atomic<int> lines = 0;
  options.log = [&](const std::string& line) { lines += line == "GET /throws: a secret" ? 1 : 0; };
  EchoServer server(options);
  const auto response = ask(server.port(), get("/throws"));
  CHECK(status_of(response) == 500);
  CHECK(response.find("secret") == std::string::npos);
  CHECK(lines == 1);
}

TEST_CASE("a request that comes a byte a time is cut off at its deadline") {
  EchoServer server;
  PlainClient client(server.port());
  const auto start = std::chrono::steady_clock::now();
  const auto request = post("abcdefghij");
  bool is_open = true;
  for (std::size_t i = 0; i < request.size() && is_open; ++i) {
    is_open = client.send(request.substr(i, 1));
    if (std::chrono::steady_clock::now() - start > milliseconds(800)) break;
    std::this_thread::sleep_for(milliseconds(50));
  }
  CHECK(status_of(client.receive_all()) == 408);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(4));
}

TEST_CASE("a body that doesn't come is given up at the deadline") {
  EchoServer server;
  CHECK(status_of(ask(server.port(), "POST /body HTTP/1.1\r\nContent-Length: 5\r\n\r\nab")) == 408);
}

TEST_CASE("a head that is too large, or has no end, is refused") {
  EchoServer server;
  const std::string much(limits::kHeadBytes, 'a');
  CHECK(status_of(ask(server.port(), get("/", "A: " + much + "\r\n"))) == 431);
  CHECK(status_of(ask(server.port(), "GET / HTTP/1.1\r\nA: " + much + much)) == 431);
}

TEST_CASE("a body over the bound is refused before it comes") {
  EchoServer server;
  CHECK(status_of(ask(server.port(), post(std::string(1000, 'a')))) == 200);
  CHECK(status_of(ask(server.port(), post(std::string(1001, 'a')))) == 413);
  CHECK(status_of(ask(server.port(), post(std::string(400'000, 'a')))) == 413);
  CHECK(status_of(ask(server.port(),
                      "POST /body HTTP/1.1\r\nContent-Length: 1099511627776\r\n\r\n")) == 413);
}

TEST_CASE("chunks and encodings are refused") {
  EchoServer server;
  CHECK(status_of(ask(server.port(),
                      "POST /body HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5\r\nabcde\r\n0\r\n\r\n")) == 411);
  CHECK(status_of(ask(server.port(), post("abc", "Content-Encoding: gzip\r\n"))) == 415);
}

TEST_CASE("a request for many ranges gets the whole, once") {
  EchoServer server;
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 1000; ++i) ranges += ",0-";
  const auto response = ask(server.port(), get("/", ranges + "\r\n"));
  CHECK(status_of(response) == 200);
  CHECK(body_of(response) == "here\n");
}

TEST_CASE("sockets that are idle, or slow, keep nobody waiting") {
  auto options = quick();
  options.request_time = std::chrono::seconds(20);
  EchoServer server(options);
  std::vector<std::unique_ptr<PlainClient>> idle;
  for (int i = 0; i < 100; ++i) {
    idle.push_back(std::make_unique<PlainClient>(server.port()));
    if (i % 2 == 0) idle.back()->send("POST /body HTTP/1.1\r\nContent-Le");
  }
  CHECK(serves_at_once(server.port()));
}

TEST_CASE("an address that opens too many connections loses its oldest, and still gets served") {
  auto options = quick();
  options.connections_of_address = 10;
  options.request_time = std::chrono::seconds(20);
  EchoServer server(options);
  std::vector<std::unique_ptr<PlainClient>> many;
  for (int i = 0; i < 50; ++i) many.push_back(std::make_unique<PlainClient>(server.port()));
  CHECK(serves_at_once(server.port()));
  CHECK(server.server().open_connections() <= 10);
  CHECK(many[0]->receive_all() == "");
}

TEST_CASE("a connection that is idle for too long is closed without a word") {
  auto options = quick();
  options.idle_time = milliseconds(200);
  options.handshake_time = milliseconds(200);
  EchoServer server(options);
  PlainClient client(server.port());
  const auto start = std::chrono::steady_clock::now();
  CHECK(client.receive_all() == "");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
}

TEST_CASE("a client that goes while its handler works leaves nothing behind") {
  HttpServer server(quick());
  std::atomic<int> calls = 0;
  server.route("GET", "/slow", [&](const Request&) {
    std::this_thread::sleep_for(milliseconds(200));
    ++calls;
    return Response::text(200, std::string(1'000'000, 'a'));
  });
  server.start();
  {
    PlainClient client(server.port());
    client.send(get("/slow"));
    std::this_thread::sleep_for(milliseconds(50));
  }
  for (int i = 0; i < 100 && (calls == 0 || server.open_connections() > 0); ++i) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  CHECK(calls == 1);
  CHECK(server.open_connections() == 0);
}

TEST_CASE("stopping answers what is under way") {
  HttpServer server(quick());
  server.route("GET", "/slow", [](const Request&) {
    std::this_thread::sleep_for(milliseconds(300));
    return Response::text(200, "done");
  });
  server.start();
  PlainClient client(server.port());
  client.send(get("/slow"));
  std::this_thread::sleep_for(milliseconds(100));
  server.stop();
  CHECK(body_of(client.receive_all()) == "done\n");
}

TEST_CASE("a Unix socket serves its owner alone") {
  const Folder folder;
  const auto path = folder.file("socket");
  auto options = quick();
  options.listen = "unix:" + path;
  {
    EchoServer server(options);
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(body_of(PlainClient(path).ask(post("abc"))) == " abc\n");
    CHECK(server.port() == 0);
  }
  EchoServer again(options);
  CHECK(status_of(PlainClient(path).ask(get("/"))) == 200);
}

}  // namespace zimnik::net::test
