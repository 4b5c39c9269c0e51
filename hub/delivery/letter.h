// Writes a letter of the outbox, from the school's journal as it is at that moment, for whoever may
// read it at that moment.
#pragma once

#include <string>

#include "hub/delivery/mail.h"
#include "hub/delivery/outbox.h"
#include "hub/delivery/settings.h"
#include "hub/delivery/webhook.h"
#include "hub/hub.h"
#include "sync/web/catalogue.h"
#include "sync/web/templates.h"

namespace zimnik::hub {

/// What came of writing a letter: the letter, or why there is none.
struct WrittenLetter {
  enum class Fate : std::uint8_t {
    ready,
    dropped,  ///< not chosen any more, may not be read any more, or nothing is left to tell
    waits,    ///< its school is closed or can't be read
  };
  Fate fate = Fate::dropped;
  std::string why;  ///< for operators, where it isn't ready
  Mail mail;
  GatewayMessage message;  ///< in place of the mail, where goes_by_gateway()
};

/// Any thread.
class LetterWriter {
 public:
  /// Both outlive the object.
  LetterWriter(Hub& hub, const DeliverySettings& settings);
  WrittenLetter write(const OutboxLetter& letter) const;
  /// By which operators see that letters arrive.
  Mail trial(const std::string& address, const std::string& message_id) const;

 private:
  WrittenLetter write_confirmation(const OutboxLetter& letter, const DeliveryChoice& choice) const;
  WrittenLetter write_news(const OutboxLetter& letter, const DeliveryChoice& choice) const;
  /// Of the template message_NAME.
  WrittenLetter write_message(const OutboxLetter& letter, const DeliveryChoice& choice,
                              const std::string& name, const web::Values& values) const;
  WrittenLetter write_phone_code(const OutboxLetter& letter, const DeliveryChoice& choice) const;
  Mail envelope(const OutboxLetter& letter, const DeliveryChoice& choice) const;
  /// Of the templates mail_NAME_subject, mail_NAME_text and mail_NAME_html.
  void fill(Mail& mail, const std::string& name, const std::string& language,
            web::Values values) const;

  Hub& hub_;
  const DeliverySettings& settings_;
  const web::Catalogue catalogue_;
  const web::Templates templates_;
};

}  // namespace zimnik::hub
