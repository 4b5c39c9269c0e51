#include "tests/hub/browser.h"

#include <zlib.h>

#include <stdexcept>

#include "sync/core/encoding.h"
#include "tests/sync/net/plain_client.h"

namespace zimnik::hub::test {
namespace {

std::string encoded(const std::string& text) {
  std::string result;
  for (const auto digits = sync::to_hex(text); result.size() / 3 * 2 < digits.size();) {
    result += "%" + digits.substr(result.size() / 3 * 2, 2);
  }
  return result;
}

std::string decompressed(const std::string& bytes) {
  z_stream stream{};
  constexpr int kGzip = 16;
  if (inflateInit2(&stream, MAX_WBITS + kGzip) != Z_OK) throw std::runtime_error("inflate");
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int result = inflate(&stream, Z_FINISH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("not gzip");
  return text;
}

/// Of the first header of that name; empty where there is none.
std::string header(const std::string& head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  const auto start = at + name.size() + 4;
  return head.substr(start, head.find("\r\n", start) - start);
}

}  // namespace

Page Browser::get(const std::string& path) { return ask("GET " + path + " HTTP/1.1\r\n"); }

Page Browser::post(const std::string& path, const Form& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    body += (body.empty() ? "" : "&") + name + "=" + encoded(value);
  }
  return ask("POST " + path + " HTTP/1.1\r\n" +
             "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n" +
             (origin.empty() ? "" : "Origin: " + origin + "\r\n") + "\n" + body);
}

Page Browser::visit(const std::string& path) {
  auto page = get(path);
  for (int i = 0; i < 5 && !page.location.empty(); ++i) page = get(page.location);
  return page;
}

Page Browser::ask(const std::string& request) {
  // The request's own headers, then those of all requests, then its body after a bare line's end.
  const auto end = request.find("\r\n\n");
  std::string jar;
  for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
  const auto common =
      "Host: localhost\r\nConnection: close\r\nAccept-Encoding: gzip, br\r\n"
      "Accept-Language: " +
      language + "\r\n" + (address.empty() ? "" : "X-Real-IP: " + address + "\r\n") + headers +
      (jar.empty() ? "" : "Cookie: " + jar + "\r\n");
  const auto bytes = end == std::string::npos
                         ? request + common + "\r\n"
                         : request.substr(0, end + 2) + common + "\r\n" + request.substr(end + 3);
  const auto response = net::test::PlainClient(port_).ask(bytes);
  Page page;
  page.status = net::test::status_of(response);
  page.head = response.substr(0, response.find("\r\n\r\n") + 2);
  page.body = net::test::body_of(response);
  page.size = page.body.size();
  if (header(page.head, "Content-Encoding") == "gzip") page.body = decompressed(page.body);
  page.location = header(page.head, "Location");
  keep_cookies(page.head);
  return page;
}

void Browser::keep_cookies(const std::string& head) {
  static constexpr std::string_view kSetCookie = "\r\nSet-Cookie: ";
  for (auto at = head.find(kSetCookie); at != std::string::npos; at = head.find(kSetCookie, at)) {
    at += kSetCookie.size();
    const auto equals = head.find('=', at), end = head.find_first_of(";\r", at);
    cookies[head.substr(at, equals - at)] = head.substr(equals + 1, end - equals - 1);
  }
}

}  // namespace zimnik::hub::test
