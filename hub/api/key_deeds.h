// What operators do with keys of the API, by command or in the console alike: as hub/deeds.h.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "hub/api/key_store.h"
#include "hub/hub.h"

namespace zimnik::hub {

struct ApiKeyWish {
  static constexpr int kMostDays = 400;

  std::string name;                    ///< the system that gets it
  std::vector<std::string> scopes{};   ///< words of ApiScope
  std::vector<std::string> schools{};  ///< as named_school() takes them
  bool is_of_all = false;              ///< all schools, in place of those
  int days = 365;
};
/// The key that it asks for, not made yet. Throws std::runtime_error where the wish doesn't hold.
ApiKey api_key_of(Hub& hub, const std::string& actor, const ApiKeyWish& wish);
/// Gives the key's text: it is kept nowhere. Throws likewise.
std::string add_api_key(Hub& hub, const std::string& actor, const ApiKeyWish& wish);
void end_api_key(Hub& hub, const std::string& actor, std::int64_t id);

/// A line each: number, name, state, scopes, when it was used last, schools.
void list_api_keys(Hub& hub, std::ostream& out);

}  // namespace zimnik::hub
