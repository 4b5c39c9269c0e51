// What came of handing a letter or a message to whoever takes it on.
#pragma once

#include <cstdint>
#include <string>

namespace zimnik::hub {

struct DeliveryReply {
  enum class Outcome : std::uint8_t {
    accepted,
    refused,    ///< for good: to this address, or this letter
    deferred,   ///< this letter, for now
    unsettled,  ///< it was sent, and what the server said of it was lost: it may have been accepted
    trouble,    ///< nobody there, no TLS, the sign-in or the sender is refused: no letter's fault
  };
  Outcome outcome = Outcome::trouble;
  bool is_of_address = false;  ///< refused: the recipient's address, not the letter
  std::string text;            ///< for operators: the server's last words, without the recipient
};

}  // namespace zimnik::hub
