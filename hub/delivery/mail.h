// A letter as SMTP carries it: RFC 5322, in UTF-8 by MIME (RFC 2045 to 2047), as text and as HTML.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "sync/core/ids.h"

namespace zimnik::hub {

struct Mail {
  std::string from;  ///< an address
  std::string from_name;
  std::string to;  ///< an address
  std::string subject;
  std::string message_id;  ///< without its brackets
  sync::Time date;
  /// Where one POST ends letters of this kind (RFC 8058); empty where they can't be ended.
  std::string unsubscribe;
  std::string text, html;
};

/// Whether letters can go there: local part and domain in ASCII, without quotes, comments, blanks
/// and anything that would end a header or a command; 254 bytes at most (RFC 5321).
bool is_mail_address(std::string_view text);
/// The domain of an address. REQUIRES: is_mail_address().
std::string domain_of(const std::string& address);

/// The letter, its lines ended by CRLF and at most 78 bytes long but for addresses. What would end
/// a header becomes a blank. REQUIRES: `from` and `to` are addresses.
std::string mail_text(const Mail& mail);

}  // namespace zimnik::hub
