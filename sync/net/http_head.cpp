#include "sync/net/http_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "sync/net/limits.h"

namespace zimnik::net {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_token(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  });
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

HeadRefusal read_request_line(std::string_view line, RequestHead& head) {
  static constexpr std::array<std::string_view, 5> kMethods = {"GET", "HEAD", "POST", "PUT",
                                                               "DELETE"};
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return {400, "not a request line"};
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (target.size() > limits::kTargetBytes) return {414, "the address is too long"};
  const bool plain = std::all_of(target.begin(), target.end(),
                                 [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
  if (!plain || target.front() != '/') return {400, "not a path"};
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return {505, "not HTTP/1.1"};
  head.line = line;
  head.method = line.substr(0, first);
  head.target = target;
  head.keep_alive = version == "HTTP/1.1";
  if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) {
    return {501, "an unknown method"};
  }
  return {};
}

HeadRefusal read_header(std::string_view line, RequestHead& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return {400, "not a header"};
  }
  const auto name = lower(line.substr(0, colon));
  const auto value = trim(line.substr(colon + 1));
  const auto [it, is_new] = head.headers.emplace(name, value);
  if (is_new) return {};
  if (name == "cookie") {
    it->second.append("; ").append(value);
  } else if (name == "content-length" && it->second != value) {
    return {400, "two lengths"};
  }
  return {};
}

std::optional<std::string_view> find(const RequestHead& head, std::string_view name) {
  const auto it = head.headers.find(name);
  if (it == head.headers.end()) return std::nullopt;
  return it->second;
}

HeadRefusal read_length(RequestHead& head) {
  const auto length = find(head, "content-length");
  if (!length) {
    const bool has_body = head.method == "POST" || head.method == "PUT";
    return has_body ? HeadRefusal{411, "the length is missing"} : HeadRefusal{};
  }
  const auto* end = length->data() + length->size();
  const auto [stop, error] = std::from_chars(length->data(), end, head.body_bytes);
  if (error == std::errc::result_out_of_range) return {413, "the request is too large"};
  if (error != std::errc() || stop != end) return {400, "not a length"};
  return {};
}

HeadRefusal judge_headers(RequestHead& head) {
  if (find(head, "transfer-encoding")) return {411, "the length is missing"};
  const auto encoding = find(head, "content-encoding");
  if (encoding && *encoding != "identity") return {415, "an encoded request"};
  if (find(head, "expect")) return {417, "nothing is promised in advance"};
  if (const auto connection = find(head, "connection")) {
    const auto wish = lower(*connection);
    if (wish.find("close") != std::string::npos) head.keep_alive = false;
  }
  return read_length(head);
}

}  // namespace

HeadRefusal read_head(std::string_view bytes, RequestHead& head) {
  std::size_t lines = 0;
  while (!bytes.starts_with(kLineEnd)) {
    const auto end = bytes.find(kLineEnd);
    if (end == std::string_view::npos) return {400, "not a head"};
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(end + kLineEnd.size());
    if (has_control(line)) return {400, "a control character"};
    if (lines > limits::kHeaders) return {431, "too many headers"};
    const auto refusal = lines++ == 0 ? read_request_line(line, head) : read_header(line, head);
    if (refusal.status != 0) return refusal;
  }
  if (lines == 0) return {400, "not a request line"};
  return judge_headers(head);
}

}  // namespace zimnik::net
