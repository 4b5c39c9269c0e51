// Sends what is due in the outbox, one letter after the other over one connection.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "hub/delivery/letter.h"
#include "hub/delivery/settings.h"
#include "hub/delivery/smtp.h"
#include "hub/delivery/webhook.h"
#include "hub/hub.h"

namespace zimnik::hub {

/// How long a letter is tried: an outage of five days is survived.
inline constexpr std::int64_t kTriedMs = std::int64_t{6} * 24 * 3600 * 1000;
/// When it goes again after so many attempts: a minute, doubled each time, six hours at most.
std::int64_t pause_after(int attempts);

/// One thread at a time.
class Post {
 public:
  /// `hub` and `settings` outlive it. `log` gets lines for operators.
  Post(Hub& hub, const DeliverySettings& settings, std::function<void(const std::string&)> log,
       std::stop_token stop = {});

  /// What was being sent when an earlier hub ended is queued again, and named.
  void recover();
  /// Sends what is due now; gives how many letters the server took. Where it is the server that
  /// fails, and no letter's fault, the rest waits for a while.
  std::size_t send_due();
  /// A letter that proves the settings. `to` is an address.
  DeliveryReply send_trial(const std::string& to);

 private:
  bool send_message(const OutboxLetter& letter, const GatewayMessage& message, std::size_t& sent);
  /// Whether to go on with the next one.
  bool send(const OutboxLetter& letter, std::size_t& sent);
  bool settle(const OutboxLetter& letter, const Mail& mail, const DeliveryReply& reply,
              std::size_t& sent);
  void defer(const OutboxLetter& letter, const DeliveryReply& reply);
  void pause(const std::string& why);

  Hub& hub_;
  const DeliverySettings& settings_;
  const std::function<void(const std::string&)> log_;
  const std::stop_token stop_;
  LetterWriter writer_;
  SmtpClient smtp_;
  std::optional<sync::Time> paused_until_;
  int troubles_ = 0;  ///< one after the other
  std::optional<Webhook> webhook_;
  std::optional<sync::Time> webhook_paused_until_;
};

}  // namespace zimnik::hub
