#include "schema/diary/message_values.h"

#include "schema/deadlines.h"

namespace zimnik::journal {

web::Values thread_values(const MessageThread& thread) {
  web::List messages;
  for (const auto& message : thread.messages) {
    messages.push_back(web::Values{
        {"author", message.author.is_readable() ? message.author.full() : std::string("—")},
        {"is_of_family", message.is_of_family},
        {"sent_at", message.sent_at ? local_time(*message.sent_at).text() : std::string()},
        {"text", message.text.empty() ? std::string("—") : message.text}});
  }
  return {{"thread", std::to_string(thread.id)}, {"messages", messages}};
}

}  // namespace zimnik::journal
