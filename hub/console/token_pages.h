// Tokens in the console: made, shown once, confirmed by administrators, cancelled.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

/// For a school's page: those that nobody has used, and what the visitor may do with each.
web::List unused_token_values(Console& console, const School& school,
                              const OperatorAccount& visitor);

/// Leads to the token, once and for who made it, to be printed with a QR code and what to type at
/// the node.
net::Response make_token(Console& console, const net::Request& request,
                         const OperatorAccount& visitor);
net::Response confirm_token_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor);
net::Response cancel_token_page(Console& console, const net::Request& request,
                                const OperatorAccount& visitor);

}  // namespace zimnik::hub
