#include "schema/diary/message_values.h"

#include <charconv>

#include "schema/deadlines.h"

namespace zimnik::journal {
namespace {

std::string time_text(const std::optional<sync::Time>& time) {
  return time ? local_time(*time).text() : std::string();
}

web::Values thread_values(const MessageThread& thread) {
  web::List messages;
  for (const auto& message : thread.messages) {
    messages.push_back(web::Values{
        {"author", message.author.is_readable() ? message.author.full() : std::string("—")},
        {"is_of_family", message.is_of_family},
        {"sent_at", time_text(message.sent_at)},
        {"read_at", time_text(message.read_at)},
        {"text", message.text.empty() ? std::string("—") : message.text}});
  }
  return {{"thread", thread.id}, {"messages", messages}};
}

}  // namespace

web::Values messages_values(const MessagePage& page) {
  int counter = 1;  // of the form for a new one
  web::List lines;
  for (const auto& thread : page.threads) {
    auto line = thread_values(thread);
    line["counter"] = ++counter;
    lines.push_back(std::move(line));
  }
  return {{"new_message", web::Values{{"counter", 1}}},
          {"has_threads", !page.threads.empty()},
          {"threads", lines},
          {"before", page.before ? std::to_string(page.before->sent_ms) + "-" +
                                       std::to_string(page.before->id)
                                 : std::string()}};
}

std::optional<MessagePosition> message_position_from(const std::string& text) {
  const auto dash = text.find('-');
  if (dash == std::string::npos) return std::nullopt;
  MessagePosition place;
  const auto* const end = text.data() + text.size();
  const auto sent = std::from_chars(text.data(), end, place.sent_ms);
  if (sent.ec != std::errc() || sent.ptr != text.data() + dash) return std::nullopt;
  const auto id = std::from_chars(sent.ptr + 1, end, place.id);
  return id.ec == std::errc() && id.ptr == end ? std::optional(place) : std::nullopt;
}

}  // namespace zimnik::journal
