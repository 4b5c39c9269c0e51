#include "hub/migration.h"

#include "schema/migration_words.h"

namespace zimnik::hub {
namespace {

struct Stopped {};

void bring_up(School& school, const std::stop_token& stop,
              const std::function<void(const std::string&)>& log) {
  const auto what = "школа «" + school.entry().name + "»";
  const auto say = journal::say_migration(what, log);
  try {
    school.bring_up([&](const sync::Migration& migration) {
      if (stop.stop_requested()) throw Stopped();
      say(migration);
    });
  } catch (const std::exception& error) {
    log(what + ": файлы не открываются: " + error.what());
  }
}

}  // namespace

Migration::Migration(Hub& hub, std::function<void(const std::string&)> log)
    : thread_([&hub, log = std::move(log)](const std::stop_token& stop) {
        try {
          for (auto* school : hub.schools()) {
            if (stop.stop_requested()) return;
            bring_up(*school, stop, log);
          }
        } catch (const Stopped&) {
        }
      }) {}

}  // namespace zimnik::hub
