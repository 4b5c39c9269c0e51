// Operators, and what they did.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

net::Response operators_page(Console& console, const net::Request& request,
                             const OperatorAccount& visitor);
/// The new operator's code, once.
net::Response add_operator_page(Console& console, const net::Request& request,
                                const OperatorAccount& visitor);
net::Response operator_code_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor);
/// Nobody locks out themselves.
net::Response lock_operator_page(Console& console, const net::Request& request,
                                 const OperatorAccount& visitor);
/// The audit trail: filtered by ?actor=, ?what=, ?school=; older ones by ?before=.
net::Response audit_page(Console& console, const net::Request& request,
                         const OperatorAccount& visitor);

}  // namespace zimnik::hub
