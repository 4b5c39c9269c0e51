#include "schema/migration_words.h"

#include <chrono>

namespace zimnik::journal {
namespace {

constexpr std::chrono::seconds kPause{5};

}  // namespace

sync::MigrationTold say_migration(const std::string& what,
                                  std::function<void(const std::string&)> say) {
  using Clock = std::chrono::steady_clock;
  return [what, say = std::move(say), last = Clock::now()](const sync::Migration& it) mutable {
    if (it.backup.empty()) {
      say(what + ": таблицы обновляются с версии " + std::to_string(it.from) + " до " +
          std::to_string(it.to) + ", сначала — копия файла");
    } else if (it.folded == 0) {
      say(what + ": прежний файл сохранён как " + it.backup);
    } else if (Clock::now() - last > kPause) {
      last = Clock::now();
      say(what + ": обновлено " + std::to_string(100 * it.folded / it.leaves) + " %");
    }
  };
}

}  // namespace zimnik::journal
