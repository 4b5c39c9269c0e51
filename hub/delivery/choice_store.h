// What families chose to have sent, and where to, in hub.db. Goes with its account. Any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/delivery/kinds.h"
#include "hub/hub_database.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct DeliveryChoice {
  std::int64_t account = 0;
  std::string address;  ///< empty: none was given
  std::string language;
  sync::Time asked;                     ///< when the address was last given
  std::optional<sync::Time> confirmed;  ///< nothing goes to it before that but the question
  std::string fault;                    ///< why the address was refused since; empty: it wasn't
  std::string phone;                    ///< as phone_as_kept() gives it; empty: none was given
  sync::Time phone_asked;               ///< when a code for it was last asked for
  std::optional<sync::Time> phone_confirmed;
  std::map<LetterKind, sync::Time> chosen;  ///< since when; of kNewsKinds

  bool is_chosen(LetterKind kind) const { return chosen.contains(kind); }
  /// Whether it is chosen, and has where to go: a confirmed address or number.
  bool is_wanted(LetterKind kind) const {
    return is_chosen(kind) && (goes_by_gateway(kind) ? phone_confirmed : confirmed).has_value();
  }
};

/// A number as gateways take it, + and 10 to 15 digits; nothing where the text isn't one. Russian
/// ones may begin with 8.
std::optional<std::string> phone_as_kept(const std::string& text);

class ChoiceStore {
 public:
  /// So long a code for a number may be used.
  static constexpr std::int64_t kPhoneCodeMs = 60 * 60 * 1000;

  explicit ChoiceStore(HubDatabase& database) : database_(database) {}

  std::optional<DeliveryChoice> of(std::int64_t account);
  /// A new address is to be confirmed anew; the same one, where it was confirmed, stays so.
  void set_address(std::int64_t account, const std::string& address, const std::string& language,
                   sync::Time now);
  /// Of an address that was asked then. False where another was given since.
  bool confirm(std::int64_t account, const std::string& address, sync::Time asked, sync::Time now);
  /// The address doesn't take letters: it has to be confirmed anew.
  void refuse_address(std::int64_t account, const std::string& address, const std::string& fault);
  /// A number that is to be confirmed; empty: none. `language` as of choose().
  void set_phone(std::int64_t account, const std::string& phone, const std::string& language,
                 sync::Time now);
  /// Of a number that was asked then. False where another was given since.
  bool confirm_phone(std::int64_t account, const std::string& phone, sync::Time asked,
                     sync::Time now);
  /// Chosen or not from now on; the moment of one that was chosen already stays. `language` is of
  /// messages to who has no address.
  void choose(std::int64_t account, LetterKind kind, bool is_chosen, sync::Time now,
              const std::string& language = "ru");
  /// Who wants a kind, and has a link to the school.
  std::vector<DeliveryChoice> subscribed(const sync::SchoolId& school);

  /// A key of this hub's own, for links in letters: made at the first use.
  std::string secret();

 private:
  HubDatabase& database_;
};

}  // namespace zimnik::hub
