// What operators do with tokens, with which sites enrol, by command or in the console alike: as
// hub/deeds.h. A token that support makes lets nobody in before an administrator has confirmed it:
// who enrols reads all of a school, and support is to see no persons.
#pragma once

#include <string>
#include <vector>

#include "hub/hub.h"
#include "hub/token_store.h"

namespace zimnik::hub {

/// The longest that a token of support's may last.
inline constexpr int kSupportTokenHours = 72;
inline constexpr int kTokenHours = 24 * 365;  ///< of anybody else's

struct TokenWish {
  std::string school;  ///< its id, or the beginning of it, or its name
  std::string site_name;
  sync::SiteKind kind = sync::SiteKind::node;
  int hours = 72;
};
struct IssuedToken {
  std::string text;  ///< kept nowhere
  TokenEntry entry;
  std::vector<sync::SiteId> same_name{};  ///< sites at work that have the name already
};
/// Confirmed at once where an administrator, or the command line, makes it.
IssuedToken issue_token(Hub& hub, const std::string& actor, const TokenWish& wish);

/// Those of a school that nobody has used, by their ends.
std::vector<TokenEntry> unused_tokens(Hub& hub, const std::string& school);
/// `token` is the beginning of an unused one's number, four digits or more. For administrators and
/// the command line alone.
void confirm_token(Hub& hub, const std::string& actor, const std::string& school,
                   const std::string& token);
void cancel_token(Hub& hub, const std::string& actor, const std::string& school,
                  const std::string& token);
/// All that this operator made and nobody used.
void cancel_tokens_of(Hub& hub, const std::string& actor, const std::string& maker);

}  // namespace zimnik::hub
