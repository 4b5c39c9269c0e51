// Which entry a page's form makes, and what the page had seen: as pages carry it to the browser and
// back, so that what a form asks for is written once, over what was shown. Any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sync/net/http_message.h"
#include "sync/store/command.h"
#include "sync/web/values.h"

namespace zimnik::web {

/// A page's random id, not 0.
std::uint64_t new_page();
/// A decimal number. Throws std::invalid_argument.
std::uint64_t page_from(const std::string& text);
nlohmann::json seen_json(const sync::Seen& seen);
/// `site` in hexadecimal. Throws std::invalid_argument.
sync::Seen seen_from(const std::string& site, std::uint64_t arrival);

/// What the hidden fields of a page's forms hold: entry_page, entry_site, entry_arrival. Each form
/// has a counter of its own, `counter`.
Values entry_values(const sync::Seen& seen);
/// Of such a form: the entry's id, and what its page had seen. Throws std::invalid_argument.
struct FormEntry {
  sync::EntryId id;
  sync::Seen seen;
};
FormEntry form_entry(const net::Fields& form);

}  // namespace zimnik::web
