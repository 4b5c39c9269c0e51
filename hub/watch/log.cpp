#include "hub/watch/log.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace zimnik::hub {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kDayMs = std::int64_t{24} * 3600 * 1000;

/// Bytes that aren't UTF-8 are replaced: others name themselves.
std::string dump(const ordered_json& object) {
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

std::string rfc3339(sync::Time time) {
  auto days = time.ms / kDayMs, ms = time.ms % kDayMs;
  if (ms < 0) {
    ms += kDayMs;
    --days;
  }
  char clock[32];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d.%03dZ", static_cast<int>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60),
                static_cast<int>(ms % 1000));
  return journal::Date::from_days(static_cast<std::int32_t>(days)).text() + clock;
}

void Log::say(const std::string& line) {
  if (form_ == Form::text) return write(line);
  write(dump({{"time", rfc3339(clock_())}, {"event", "message"}, {"message", line}}));
}

void Log::note(const LogEvent& event) {
  if (form_ == Form::text) return;
  ordered_json object{{"time", rfc3339(clock_())}, {"event", event.name}};
  for (const auto& [name, value] : event.fields) {
    std::visit([&, &key = name](const auto& it) { object[key] = it; }, value);
  }
  write(dump(object));
}

void Log::write(const std::string& line) {
  const std::lock_guard lock(mutex_);
  out_ << line << std::endl;
}

}  // namespace zimnik::hub
