// How a hub delivers: delivery.json in its data folder, which only its owner may read. Without it
// nothing is delivered. hub/README.md has the names.
#pragma once

#include <optional>
#include <string>

#include "hub/data_folder.h"
#include "hub/delivery/smtp.h"

namespace zimnik::hub {

/// Where messages go, to be sent on as SMS or by a messenger (webhook.h).
struct WebhookSettings {
  std::string url;     ///< https://; http:// on this machine alone
  std::string secret;  ///< that signs what goes there
};

struct DeliverySettings {
  SmtpServer smtp;
  std::string sender;       ///< an address
  std::string sender_name;  ///< as letters show it
  std::string site;  ///< where families reach the hub: https://diary.example, no slash behind
  std::optional<WebhookSettings> webhook;
  int digest_hour = 18;  ///< of the school's day, from which on its digests are made: 0 to 23
  int week_day = 6;      ///< on which the week's diary goes: 1 Monday to 7 Sunday
};

/// Nothing where there is no such file. Throws std::runtime_error with the file and what is wrong
/// with it, also where others may read it.
std::optional<DeliverySettings> read_delivery_settings(const DataFolder& folder);

}  // namespace zimnik::hub
