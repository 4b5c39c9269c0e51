// What happens in a corpus: a small school of tests/sync/store/generations.h whose sites write all
// kinds of leaves and send all kinds of messages to one that only listens.
#pragma once

#include <string>
#include <vector>

#include "tests/corpus/corpus.h"

namespace zimnik::corpus {

struct Sent {
  std::string name;
  std::string from;  ///< the site that sent it: to the reader, or it is the reader
  std::string message;
  std::optional<sync::Received> received{};  ///< what came of it at the reader
};

struct Story {
  std::vector<Sent> messages;
  std::vector<std::string> leaves;  ///< all that the reader holds and can read
  std::vector<std::string> proofs;  ///< of one row, without keys and with them
  nlohmann::json end;               ///< the reader's tables, and what is listed
};

/// The newest of the generations that the corpus is of.
inline constexpr std::uint32_t kGeneration = 4;

/// The school's key that is made when a site is revoked.
sync::NewKey next_school_key();
/// Of all the story's sites, and with all its keys.
Cast story_cast();
Story tell_story();

/// What a replica shows: tables, listed, size of the frontier, oddities that verify() finds;
/// receipts where there are any.
nlohmann::json describe_end(sync::Replica& replica, const nlohmann::json& tables);

}  // namespace zimnik::corpus
