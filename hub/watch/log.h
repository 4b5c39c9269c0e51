// What the running hub tells those who keep its log, on one stream: lines for people, or one JSON
// object a line (`serve --log json`), with events that lines leave out.
#pragma once

#include <cstdint>
#include <mutex>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hub/clock.h"

namespace zimnik::hub {

/// Something that happened. No person's name, number or address belongs in it.
struct LogEvent {
  using Field = std::variant<std::string, std::int64_t, double>;
  std::string name;                                     ///< exchange, request
  std::vector<std::pair<std::string, Field>> fields{};  ///< names: each once, not time or event
};

/// Any thread.
class Log {
 public:
  enum class Form : std::uint8_t { text, json };

  /// `out` outlives it.
  Log(std::ostream& out, Form form, Clock clock = system_time)
      : out_(out), form_(form), clock_(std::move(clock)) {}

  /// As text the line itself; as JSON {"time", "event": "message", "message"}.
  void say(const std::string& line);
  /// As JSON {"time", "event", its fields}; as text nothing.
  void note(const LogEvent& event);

 private:
  void write(const std::string& line);

  std::ostream& out_;
  const Form form_;
  const Clock clock_;
  std::mutex mutex_;
};

/// RFC 3339, UTC, to the millisecond.
std::string rfc3339(sync::Time time);

}  // namespace zimnik::hub
