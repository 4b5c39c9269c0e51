// Hands messages to a gateway of SMS or of a messenger, which is anybody's program: one POST each,
// by libcurl.
//
//   body    {"id", "to", "text", "language"}: the id is the same where it comes again
//   header  X-Zimnik-Timestamp: seconds since 1970, of this attempt
//   header  X-Zimnik-Signature: sha256= and the HMAC-SHA256, in hexadecimal digits, under the
//           secret over the timestamp, a full stop and the body
//
// Who takes them on checks the signature, takes no timestamp that is five minutes away, and of one
// id the first alone. 2xx: taken on; 408, 425, 429 and 5xx: again later; else: refused for good.
#pragma once

#include <memory>
#include <string>

#include "hub/delivery/reply.h"
#include "hub/delivery/settings.h"
#include "sync/core/ids.h"

namespace zimnik::hub {

struct GatewayMessage {
  std::string id;
  std::string to;  ///< a telephone number, as the school wrote it
  std::string text;
  std::string language;
};

/// The body of the POST. Pure.
std::string message_body(const GatewayMessage& message);
/// The value of X-Zimnik-Signature. Pure.
std::string message_signature(const std::string& secret, std::int64_t timestamp,
                              const std::string& body);

/// One thread at a time.
class Webhook {
 public:
  explicit Webhook(WebhookSettings settings);
  ~Webhook();
  Webhook(const Webhook&) = delete;
  Webhook& operator=(const Webhook&) = delete;

  DeliveryReply send(const GatewayMessage& message, sync::Time now);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zimnik::hub
