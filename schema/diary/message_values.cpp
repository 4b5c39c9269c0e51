#include "schema/diary/message_values.h"

#include "schema/deadlines.h"

namespace zimnik::journal {

mstch::map thread_values(const MessageThread& thread) {
  mstch::array messages;
  for (const auto& message : thread.messages) {
    messages.push_back(mstch::map{
        {"author", message.author.is_readable() ? message.author.full() : std::string("—")},
        {"is_of_family", message.is_of_family},
        {"sent_at", message.sent_at ? local_time(*message.sent_at).text() : std::string()},
        {"text", message.text.empty() ? std::string("—") : message.text}});
  }
  return {{"thread", std::to_string(thread.id)}, {"messages", messages}};
}

}  // namespace zimnik::journal
