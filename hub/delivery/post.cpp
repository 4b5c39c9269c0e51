#include "hub/delivery/post.h"

#include <algorithm>

#include "hub/random.h"

namespace zimnik::hub {
namespace {

using Outcome = DeliveryReply::Outcome;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kLongestPauseMs = 6 * 60 * kMinuteMs;
constexpr std::int64_t kLongestTroubleMs = 10 * kMinuteMs;  // between looks at a server that fails
constexpr std::int64_t kClosedSchoolMs = 10 * kMinuteMs;    // between looks at a closed school
constexpr int kMostDoubtful = 5;  // attempts at a letter that may have arrived already
constexpr int kDoublings = 20;    // more make no difference

}  // namespace

std::int64_t pause_after(int attempts) {
  const int doublings = std::clamp(attempts - 1, 0, kDoublings);
  return std::min(kMinuteMs << doublings, kLongestPauseMs);
}

Post::Post(Hub& hub, const DeliverySettings& settings, std::function<void(const std::string&)> log,
           std::stop_token stop)
    : hub_(hub),
      settings_(settings),
      log_(std::move(log)),
      stop_(std::move(stop)),
      writer_(hub, settings),
      smtp_(settings.smtp, stop_) {
  if (settings.webhook) webhook_.emplace(*settings.webhook);
}

void Post::recover() {
  const auto count = hub_.outbox().recover(hub_.now());
  if (count == 0) return;
  log_("почта: прервано на отправке писем: " + std::to_string(count) +
       "; они уйдут ещё раз под теми же номерами (zimnik-hub mail)");
}

std::size_t Post::send_due() {
  std::size_t sent = 0;
  while (!stop_.stop_requested()) {
    if (paused_until_ && hub_.now() < *paused_until_) break;
    const auto letter = hub_.outbox().due(hub_.now());
    if (!letter || !send(*letter, sent)) break;
  }
  return sent;
}

bool Post::send(const OutboxLetter& letter, std::size_t& sent) {
  const auto written = writer_.write(letter);
  const auto now = hub_.now();
  switch (written.fate) {
    case WrittenLetter::Fate::dropped:
      hub_.outbox().note_end(letter.id, LetterState::dropped, written.why, now);
      return true;
    case WrittenLetter::Fate::waits:
      if (letter.made.ms < now.ms - kTriedMs) {
        hub_.outbox().note_end(letter.id, LetterState::dropped, written.why, now);
      } else {
        hub_.outbox().note_waiting(letter.id, written.why, {now.ms + kClosedSchoolMs});
      }
      return true;
    case WrittenLetter::Fate::ready:
      break;
  }
  if (goes_by_gateway(letter.head.kind)) return send_message(letter, written.message, sent);
  const auto reply = smtp_.send(written.mail.from, written.mail.to, mail_text(written.mail),
                                [&] { hub_.outbox().note_sending(letter.id); });
  return settle(letter, written.mail, reply, sent);
}

bool Post::send_message(const OutboxLetter& letter, const GatewayMessage& message,
                        std::size_t& sent) {
  const auto now = hub_.now();
  if (!webhook_) {
    hub_.outbox().note_end(letter.id, LetterState::dropped, "сообщения не настроены", now);
    return true;
  }
  if (webhook_paused_until_ && now < *webhook_paused_until_) {
    hub_.outbox().note_waiting(letter.id, letter.reply, *webhook_paused_until_);
    return true;
  }
  hub_.outbox().note_sending(letter.id);
  const auto reply = webhook_->send(message, now);
  if (reply.outcome == Outcome::trouble) {
    // Mail goes on meanwhile.
    webhook_paused_until_ = {now.ms + kMinuteMs};
    defer(letter, reply);
    return true;
  }
  return settle(letter, {}, reply, sent);
}

bool Post::settle(const OutboxLetter& letter, const Mail& mail, const DeliveryReply& reply,
                  std::size_t& sent) {
  const auto now = hub_.now();
  if (reply.outcome != Outcome::trouble) troubles_ = 0;
  switch (reply.outcome) {
    case Outcome::accepted:
      ++sent;
      hub_.outbox().note_sent(letter.id, reply.text, now);
      return true;
    case Outcome::refused:
      hub_.outbox().note_end(letter.id, LetterState::failed, reply.text, now);
      if (reply.is_of_address) {
        hub_.choices().refuse_address(letter.head.account, mail.to, reply.text);
      }
      return true;
    case Outcome::deferred:
    case Outcome::unsettled:
      defer(letter, reply);
      return true;
    case Outcome::trouble:
      if (stop_.stop_requested()) return false;
      hub_.outbox().give_up_older({now.ms - kTriedMs}, reply.text, now);
      pause(reply.text);
      return false;
  }
  return false;
}

void Post::defer(const OutboxLetter& letter, const DeliveryReply& reply) {
  const auto now = hub_.now();
  const bool is_doubtful = letter.is_doubtful || reply.outcome == Outcome::unsettled;
  const int attempts = letter.attempts + 1;
  hub_.outbox().note_deferred(letter.id, reply.text, {now.ms + pause_after(attempts)}, is_doubtful);
  const bool is_too_old = letter.made.ms < now.ms - kTriedMs;
  if (is_too_old || (is_doubtful && attempts >= kMostDoubtful)) {
    hub_.outbox().note_end(letter.id, LetterState::failed, reply.text, now);
  }
}

void Post::pause(const std::string& why) {
  ++troubles_;
  const auto pause = std::min(pause_after(troubles_), kLongestTroubleMs);
  paused_until_ = {hub_.now().ms + pause};
  if (troubles_ == 1) log_("почта: сервер писем не принимает: " + why);
}

DeliveryReply Post::send_trial(const std::string& to) {
  const auto id = random_hex(16) + "@" + domain_of(settings_.sender);
  const auto mail = writer_.trial(to, id);
  return smtp_.send(mail.from, mail.to, mail_text(mail), [] {});
}

}  // namespace zimnik::hub
