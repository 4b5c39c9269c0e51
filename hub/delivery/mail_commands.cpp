#include "hub/delivery/mail_commands.h"

#include <stdexcept>

#include "hub/delivery/post.h"

namespace zimnik::hub {
namespace {

constexpr std::size_t kListed = 100;

const char* text_of(LetterKind kind) {
  switch (kind) {
    case LetterKind::absences:
      return "отсутствие";
    case LetterKind::marks:
      return "отметки дня";
    case LetterKind::week:
      return "дневник за неделю";
    case LetterKind::message:
      return "сообщение об отсутствии";
    case LetterKind::phone_code:
      return "код для телефона";
    default:
      return "подтверждение адреса";
  }
}

std::string text_of(const OutboxLetter& letter) {
  switch (letter.state) {
    case LetterState::sent:
      return "отправлено";
    case LetterState::failed:
      return "не отправлено";
    case LetterState::dropped:
      return "отменено";
    default:
      return "ждёт";
  }
}

void print_letter(const OutboxLetter& letter, std::ostream& out) {
  out << letter.id << "  " << moment_for_operators(letter.made) << "  " << text_of(letter.head.kind)
      << ", " << text_of(letter);
  if (letter.is_doubtful) out << ", могло прийти дважды";
  out << ", попыток: " << letter.attempts << ", номер: " << letter.message_id;
  if (!letter.reply.empty()) out << ": " << letter.reply;
  out << "\n";
}

}  // namespace

void print_mail(Hub& hub, std::ostream& out) {
  if (!read_delivery_settings(hub.folder())) {
    out << "рассылка не настроена: нет " << hub.folder().delivery() << "\n";
  }
  const auto counts = hub.outbox().counts();
  out << "ждут: " << counts.queued << ", отправляются: " << counts.sending
      << ", отправлены: " << counts.sent << ", не отправлены: " << counts.failed
      << ", отменены: " << counts.dropped << ", могли прийти дважды: " << counts.doubtful << "\n";
  const auto listed = hub.outbox().listed(kListed + 1);
  for (std::size_t i = 0; i < listed.size() && i < kListed; ++i) print_letter(listed[i], out);
  if (listed.size() > kListed) out << "показаны последние " << kListed << "\n";
}

void send_trial_mail(Hub& hub, const std::string& address, std::ostream& out) {
  if (!is_mail_address(address)) throw std::runtime_error("«" + address + "» — не адрес почты");
  const auto settings = read_delivery_settings(hub.folder());
  if (!settings) throw std::runtime_error("рассылка не настроена: нет " + hub.folder().delivery());
  Post post(hub, *settings, [](const std::string&) {});
  const auto reply = post.send_trial(address);
  if (reply.outcome != DeliveryReply::Outcome::accepted) {
    throw std::runtime_error(settings->smtp.url + ": письмо не принято: " + reply.text);
  }
  out << settings->smtp.url << ": письмо принято: " << reply.text << "\n";
}

}  // namespace zimnik::hub
