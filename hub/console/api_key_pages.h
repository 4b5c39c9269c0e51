// Keys of the API, by which other systems read: made, looked at and ended by administrators.
#pragma once

#include "hub/console/console.h"

namespace zimnik::hub {

net::Response api_keys_page(Console& console, const net::Request& request,
                            const OperatorAccount& visitor);
/// What the form asks for, once more, to be confirmed.
net::Response confirm_api_key_page(Console& console, const net::Request& request,
                                   const OperatorAccount& visitor);
/// The new key, once.
net::Response add_api_key_page(Console& console, const net::Request& request,
                               const OperatorAccount& visitor);
net::Response end_api_key_form(Console& console, const net::Request& request,
                               const OperatorAccount& visitor);
/// Only where its number was typed.
net::Response end_api_key_page(Console& console, const net::Request& request,
                               const OperatorAccount& visitor);

}  // namespace zimnik::hub
