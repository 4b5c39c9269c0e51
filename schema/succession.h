// Why a school's site goes on as a new one, and what operators are told of it and of logs that
// forked. The reason stands in the succession's role, so that every replica can name it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/store/replica.h"

namespace zimnik::journal {

/// What showed that a node can't be sure to be the only one that writes as its site.
enum class SuccessionReason {
  restored,     ///< its folder was put together from a backup
  moved,        ///< its file or its machine is another one
  rolled_back,  ///< its log lacks what it has sent to others
  forked,       ///< others held entries of its log that it didn't
  keys_lost,    ///< the school's key is gone: others hand all keys to a new site
};

/// As it stands in a log. Persisted and sent: do not change.
std::string word_of(SuccessionReason reason);
std::optional<SuccessionReason> succession_reason(const std::string& word);
/// For people; of a word that isn't known, the word.
std::string succession_text(const std::string& word);

/// The transaction by which a site vouches for the one that goes on from it.
sync::Entry succession_entry(SuccessionReason reason, const std::string& device, sync::Time now);

/// Of each log that forked a line for people: whose it is, and how long its branches are.
std::vector<std::string> fork_lines(const sync::Frontier& frontier);

}  // namespace zimnik::journal
