#include "sync/net/http_message.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cctype>

#include "sync/core/bytes.h"
#include "sync/core/encoding.h"
#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::size_t kMappedPrefixBytes = 12;  // of ::ffff:0:0/96

/// A percent sign that two hexadecimal digits don't follow stands for itself.
std::string decode(std::string_view encoded) {
  std::string text;
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (encoded[i] == '+') {
      text += ' ';
      continue;
    }
    if (encoded[i] == '%' && i + 2 < encoded.size()) {
      if (const auto byte = sync::from_hex(encoded.substr(i + 1, 2))) {
        text += *byte;
        i += 2;
        continue;
      }
    }
    text += encoded[i];
  }
  return text;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Takes off what stands before the next `end`, and `end`.
std::string_view take(std::string_view& text, char end) {
  const auto place = text.find(end);
  const auto part = text.substr(0, place);
  text.remove_prefix(place == std::string_view::npos ? text.size() : place + 1);
  return part;
}

std::string first_bytes_of(const std::string& address, std::size_t count) {
  in6_addr bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), &bytes) != 1) return address;
  const std::string all(reinterpret_cast<const char*>(&bytes), sizeof bytes);
  if (!IN6_IS_ADDR_V4MAPPED(&bytes)) return all.substr(0, count);
  char text[INET_ADDRSTRLEN] = {};
  ::inet_ntop(AF_INET, all.data() + kMappedPrefixBytes, text, sizeof text);
  return text;
}

}  // namespace

std::optional<Fields> Fields::parse(std::string_view encoded) {
  Fields result;
  while (!encoded.empty()) {
    auto value = take(encoded, '&');
    if (value.empty()) continue;
    auto name = decode(take(value, '='));
    auto text = decode(value);
    if (!sync::is_text(name) || !sync::is_text(text)) return std::nullopt;
    if (result.fields_.size() == limits::kFormFields) return std::nullopt;
    result.fields_.emplace_back(std::move(name), std::move(text));
  }
  return result;
}

std::optional<std::string> Fields::find(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Request::header(std::string_view name) const {
  const auto it = headers.find(name);
  return it == headers.end() ? "" : it->second;
}

std::optional<Fields> Request::form() const {
  const auto type = header("content-type");
  std::string_view rest = type;
  if (trim(take(rest, ';')) != "application/x-www-form-urlencoded") return std::nullopt;
  return Fields::parse(body);
}

std::string Request::cookie(std::string_view name) const {
  const auto all = header("cookie");
  std::string_view rest = all;
  while (!rest.empty()) {
    auto value = take(rest, ';');
    if (trim(take(value, '=')) == name) return std::string(trim(value));
  }
  return "";
}

std::string network_of(const std::string& address) { return first_bytes_of(address, 8); }

std::string site_network_of(const std::string& address) { return first_bytes_of(address, 6); }

Response Response::text(int status, const std::string& text) {
  return {status, "text/plain; charset=utf-8", text + "\n", {}};
}

Response Response::bytes(std::string bytes) {
  return {200, "application/octet-stream", std::move(bytes), {}};
}

Response Response::see_other(const std::string& path) {
  return {303, "text/plain; charset=utf-8", "", {{"Location", path}}};
}

}  // namespace zimnik::net
