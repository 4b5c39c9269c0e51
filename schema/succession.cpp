#include "schema/succession.h"

#include <array>
#include <map>

namespace zimnik::journal {
namespace {

struct Words {
  SuccessionReason reason;
  const char* word;
  const char* text;
};

constexpr std::array kWords{
    Words{SuccessionReason::restored, "restored", "папка восстановлена из резервной копии"},
    Words{SuccessionReason::moved, "moved", "диск, файл журнала или машина — другие"},
    Words{SuccessionReason::rolled_back, "rolled-back",
          "в журнале нет того, что узел уже отправил"},
    Words{SuccessionReason::forked, "forked",
          "у других нашлись записи этого узла, которых здесь не было"},
    Words{SuccessionReason::keys_lost, "keys-lost", "пропал файл ключей (keys.db)"},
};

}  // namespace

std::string word_of(SuccessionReason reason) {
  for (const auto& it : kWords) {
    if (it.reason == reason) return it.word;
  }
  return "";
}

std::optional<SuccessionReason> succession_reason(const std::string& word) {
  for (const auto& it : kWords) {
    if (it.word == word) return it.reason;
  }
  return std::nullopt;
}

std::string succession_text(const std::string& word) {
  for (const auto& it : kWords) {
    if (it.word == word) return it.text;
  }
  return word;
}

sync::Entry succession_entry(SuccessionReason reason, const std::string& device, sync::Time now) {
  return {{"zimnik", word_of(reason), sync::rank::kTechnicalSpecialist, device}, now, {}, {}};
}

std::vector<std::string> fork_lines(const sync::Frontier& frontier) {
  std::map<sync::LogId, std::string> sizes;
  std::map<sync::LogId, int> branches;
  for (const auto& tip : frontier) {
    auto& text = sizes[tip.log];
    text += (text.empty() ? "" : ", ") + std::to_string(tip.size);
    ++branches[tip.log];
  }
  std::vector<std::string> lines;
  for (const auto& [log, count] : branches) {
    if (count < 2) continue;
    lines.push_back("журнал узла " + log.site.hex() +
                    (log.stream == sync::Stream::shared ? " (общий)" : " (школьный)") +
                    " разветвился, хранятся все ветви: записей " + sizes[log]);
  }
  return lines;
}

}  // namespace zimnik::journal
