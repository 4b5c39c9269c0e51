#include "hub/delivery/mail.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "sync/web/base64.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kAddressBytes = 254, kLocalPartBytes = 64, kLabelBytes = 63;
constexpr std::size_t kWordBytes = 42;  // of an encoded word's text: with its frame 68 letters
constexpr std::size_t kLineBytes = 57;  // of a line of base64: 76 letters
constexpr std::size_t kPlainHeaderBytes = 60;
// Stands in no base64.
constexpr const char* kBoundary = "=_zimnik";

std::string base64_lines(std::string_view bytes) {
  std::string lines;
  for (std::size_t at = 0; at < bytes.size(); at += kLineBytes) {
    lines += web::base64(bytes.substr(at, kLineBytes)) + "\r\n";
  }
  return lines;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string in_one_line(std::string text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  return text;
}

bool is_plain(std::string_view text) {
  return text.size() <= kPlainHeaderBytes && text.find("=?") == text.npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return std::string_view(",;:<>()[]@\"\\").find(c) == std::string_view::npos &&
                  c >= 0x20 && c < 0x7f;
         });
}

/// RFC 2047: words of whole characters, one in a line.
std::string header_text(const std::string& raw) {
  const auto text = in_one_line(raw);
  if (is_plain(text)) return text;
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    auto end = std::min(at + kWordBytes, text.size());
    while (end < text.size() && end > at + 1 && is_continuation(text[end])) --end;
    words +=
        (at == 0 ? "" : "\r\n ") + ("=?UTF-8?B?" + web::base64(text.substr(at, end - at)) + "?=");
    at = end;
  }
  return words;
}

/// RFC 5322, in UTC, whatever the locale.
std::string date_text(sync::Time time) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = static_cast<std::time_t>(time.ms / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d +0000",
                kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                kMonths[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                parts.tm_hour, parts.tm_min, parts.tm_sec);
  return text.data();
}

std::string part(const char* type, const std::string& body) {
  return std::string("--") + kBoundary + "\r\nContent-Type: " + type +
         "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(body);
}

bool is_local_part(std::string_view text) {
  return !text.empty() && text.size() <= kLocalPartBytes && text.front() != '.' &&
         text.back() != '.' && text.find("..") == text.npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
         });
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kLabelBytes && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

bool is_domain(std::string_view text) {
  std::size_t labels = 0;
  for (std::size_t at = 0; at <= text.size(); ++labels) {
    const auto end = std::min(text.find('.', at), text.size());
    if (!is_label(text.substr(at, end - at))) return false;
    at = end + 1;
  }
  return labels >= 2;
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  return text.size() <= kAddressBytes && at != text.npos && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

std::string domain_of(const std::string& address) { return address.substr(address.rfind('@') + 1); }

std::string mail_text(const Mail& mail) {
  std::string text = "Date: " + date_text(mail.date) + "\r\n";
  text += "From: " + (mail.from_name.empty() ? "" : header_text(mail.from_name) + "\r\n ") + "<" +
          mail.from + ">\r\n";
  text += "To: <" + mail.to + ">\r\n";
  text += "Subject: " + header_text(mail.subject) + "\r\n";
  text += "Message-ID: <" + in_one_line(mail.message_id) + ">\r\n";
  text += "Auto-Submitted: auto-generated\r\n";
  if (!mail.unsubscribe.empty()) {
    text += "List-Unsubscribe: <" + in_one_line(mail.unsubscribe) + ">\r\n";
    text += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  text += "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"";
  text += std::string(kBoundary) + "\"\r\n\r\n";
  text += part("text/plain", mail.text) + part("text/html", mail.html);
  return text + "--" + kBoundary + "--\r\n";
}

}  // namespace zimnik::hub
