#include "schema/diary/message_values.h"

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

web::Values threads_values(const std::vector<MessageThread>& threads) {
  int counter = 1;  // of the form for a new one
  web::List lines;
  for (const auto& thread : threads) {
    auto line = thread_values(thread);
    line["counter"] = ++counter;
    lines.push_back(std::move(line));
  }
  return {{"new_message", web::Values{{"counter", 1}}},
          {"has_threads", !threads.empty()},
          {"threads", lines}};
}

}  // namespace zimnik::journal
